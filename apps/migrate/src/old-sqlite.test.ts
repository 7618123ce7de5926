import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type FeedEpoch, StoreTime } from "@holdfast/engine";
import { backUpSqlite, migrateSqlite, openSqlite, restoreSqlite } from "@holdfast/infra-sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeOldDatabase } from "./fixtures/describe-old-database.ts";
import { fixtureVersionsOf, readFixture, unpackFile } from "./fixtures/fixture.ts";
import { openShop } from "./fixtures/opened-shop.ts";

const minute = 60_000;

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-old-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shop.db");
}

describe.each(fixtureVersionsOf("sqlite"))("a SQLite file of version %i", (version) => {
  const fixture = readFixture(version, "sqlite");
  describeOldDatabase({
    fixture,
    isRestored: false,
    async open() {
      const path = newPath();
      unpackFile(version, path);
      let now = Date.parse(fixture.at) + minute;
      const time = new StoreTime({ wall: () => now, steady: () => now });
      const shop = openShop(await openSqlite({ path, serving: true, time }), () => now);
      const expireDue = () => {
        now += 20 * minute;
        return shop.expireDue();
      };
      return { ...shop, expireDue };
    },
  });

  test("is migrated with the log that a killed process left beside it", async () => {
    const [live, killed] = [newPath(), newPath()];
    unpackFile(version, live);
    const db = new DatabaseSync(live);
    db.exec("PRAGMA journal_mode = WAL; UPDATE meta SET value = 'of the log' WHERE name = 'epoch'");
    for (const end of ["", "-wal"]) copyFileSync(live + end, killed + end);
    db.close();
    const database = await openSqlite({ path: killed, serving: true });
    expect((await database.queries.feedEnd()).epoch).toBe("of the log");
    await database.close();
  });

  test("is backed up as it is, restored and migrated, and refused where it may not be migrated", async () => {
    const [path, backup, restored] = [newPath(), newPath(), newPath()];
    unpackFile(version, path);
    expect(backUpSqlite(path, backup, epoch)).toBeUndefined();
    for (const file of [path, backup]) {
      expect(restoreSqlite(file, restored, { force: true, epoch, now: new Date() })).not.toHaveProperty("fault");
      await (await openSqlite({ path: restored })).close();
    }
    expect(versionOf(backup)).toBe(version);
    // The newest fixture may be of today's version.
    if (version < versionOf(restored))
      await expect(openSqlite({ path })).rejects.toThrow(/is of version \d+, and this program needs \d+/);
    expect(migrateSqlite(path, {})).toMatchObject({ from: { version }, to: { version: versionOf(restored) } });
  });
});

const epoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXC" as FeedEpoch;

function versionOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  } finally {
    db.close();
  }
}
