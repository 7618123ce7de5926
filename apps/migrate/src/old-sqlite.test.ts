import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreTime } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { describe, onTestFinished } from "vitest";
import { describeOldDatabase } from "./fixtures/describe-old-database.ts";
import { fixtureVersions, readFixture, unpackFile } from "./fixtures/fixture.ts";
import { openShop } from "./fixtures/opened-shop.ts";

const minute = 60_000;

describe.each(fixtureVersions)("a SQLite file of version %i", (version) => {
  const fixture = readFixture(version, "sqlite");
  describeOldDatabase({
    fixture,
    async open() {
      const folder = mkdtempSync(join(tmpdir(), "holdfast-old-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const path = join(folder, "shop.db");
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
});
