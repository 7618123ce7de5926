import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type FeedEpoch, unreadableRecords } from "@holdfast/engine";
import { cancel, create, place, type Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { backUpSqlite } from "./back-up-sqlite.ts";
import { openSqlite } from "./open-sqlite.ts";
import { copyOf, newFolder, withShop } from "./test-files.ts";

/** Moves an entry of the journal to another position, as someone who edits the file would. */
function move(path: string, from: number, to: bigint): void {
  const db = new DatabaseSync(path);
  expect(db.prepare("UPDATE journal SET position = ? WHERE position = ?").run(to, from).changes).toBe(1);
  db.close();
}

async function feedOf({ database: { queries } }: Shop, limit: number): Promise<string[]> {
  const read: string[] = [];
  for (let after = 0; ; ) {
    const page = await queries.feed({ limit, after });
    expect(page.length).toBeLessThanOrEqual(limit);
    for (const entry of page) {
      read.push("records" in entry ? `${entry.position}` : `${entry.position}: ${entry.unreadable.reason}`);
      after = entry.position;
    }
    if (page.length === 0) return read;
  }
}

const epoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXB" as FeedEpoch;

const none = (positions: string) => `no entry stands at ${positions} of the journal`;

test.each([
  ["past what JavaScript counts", 2n ** 53n],
  ["far past it", 2n ** 60n],
  ["to the last one that SQLite has", 2n ** 63n - 1n],
  ["to where sales would soon come to the end of numbers", 2n ** 53n - 2n],
  ["below the first one", -5n],
])("a newest entry that was moved %s costs its place in the feed, and no sale", async (_what, to) => {
  const path = join(newFolder(), "shop.db");
  await withShop(path, async (shop) => {
    await shop.ask(create("tea", 10));
    await shop.ask(place("o1", { tea: 1 }));
    move(path, 2, to);
    expect((await shop.database.queries.feedEnd()).position).toBe(2);
    expect(await shop.ask(place("o2", { tea: 1 }))).toEqual(["ok"]);
    expect(await shop.ask(cancel("o1"))).toEqual(["ok"]);
    for (const limit of [1, 2, 9])
      expect(await feedOf(shop, limit)).toEqual(["1", `2: ${none("position 2")}`, "3", "4"]);
    expect((await shop.database.queries.feedEnd()).position).toBe(4);
    expect(await unreadableRecords(shop.database.queries)).toMatchObject([{ kind: "journal_entry", id: "2" }]);
    expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/1/0/9", []]);
    expect((await shop.ledger("tea")).map(({ reason }) => reason)).toEqual([
      "order_cancelled",
      "order_placed",
      "order_placed",
      "initial",
    ]);
  });
});

test("entries that were moved leave one report for each stretch that they leave empty", async () => {
  const path = join(newFolder(), "shop.db");
  await withShop(path, async (shop) => {
    await shop.ask(create("tea", 10));
    for (let n = 1; n < 8; n += 1) await shop.ask(place(`o${n}`, { tea: 1 }));
    for (const [from, to] of [
      [2, 2n ** 60n],
      [3, -1n],
      [5, 2n ** 61n],
      [8, 2n ** 62n],
    ] as const) {
      move(path, from, to);
    }
    for (const limit of [1, 2, 3, 20]) {
      expect(await feedOf(shop, limit)).toEqual([
        "1",
        `3: ${none("positions 2 to 3")}`,
        "4",
        `5: ${none("position 5")}`,
        ...["6", "7"],
        `8: ${none("position 8")}`,
      ]);
    }
    move(path, 1, 5_000n);
    expect(await shop.ask(place("o9", { tea: 1 }))).toEqual(["ok"]);
    expect(await feedOf(shop, 20)).toContain(`4999: ${none("positions 8 to 4999")}`);
  });
});

test("a file with such an entry opens after a kill, and can be backed up; one that lacks more does not", async () => {
  const path = join(newFolder(), "shop.db");
  const killed = join(newFolder(), "killed.db");
  await withShop(path, async (shop) => {
    await shop.ask(create("tea", 10));
    for (let n = 1; n < 5; n += 1) await shop.ask(place(`o${n}`, { tea: 1 }));
    move(path, 3, 2n ** 60n);
    await shop.ask(place("o5", { tea: 1 }));
    for (const end of ["", "-wal"]) copyFileSync(path + end, killed + end);
  });
  await withShop(copyOf(killed), async (shop) => expect(await shop.ask(place("o6", { tea: 1 }))).toEqual(["ok"]));
  expect(backUpSqlite(path, join(newFolder(), "shop.backup"), epoch)).toBeUndefined();

  const lacking = copyOf(killed);
  const db = new DatabaseSync(lacking);
  onTestFinished(() => db.close());
  db.exec("PRAGMA wal_autocheckpoint = 0; DELETE FROM journal WHERE position = 2");
  await expect(openSqlite({ path: lacking })).rejects.toThrow("the journal has no entry 3");
});
