import { join } from "node:path";
import { decideBatch } from "@holdfast/domain";
import { idsByTime, StoreTime } from "@holdfast/engine";
import { create, place, Shop } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "./open-sqlite.ts";
import { newFolder } from "./test-files.ts";

test("takes the time it is given", async () => {
  const database = await openSqlite({ path: ":memory:", time: stoppedAt(1_800_000_000_000) });
  onTestFinished(() => database.close());
  const shop = new Shop(database);
  await shop.ask(create("tea", 1), place("o1", { tea: 1 }));
  expect((await shop.order("o1")).reservation.expiresAt).toBe(1_800_000_060_000);
  expect(await database.queries.now()).toBe(1_800_000_000_000);
});

test("goes on from the newest entry after a restart, though the clock was set back", async () => {
  const path = join(newFolder(), "shop.db");
  const before = await openSqlite({ path, time: stoppedAt(1_800_000_000_000) });
  await new Shop(before).ask(create("tea", 1));
  await before.close();
  const after = await openSqlite({ path, time: stoppedAt(1_799_996_400_000) });
  onTestFinished(() => after.close());
  expect(await after.queries.now()).toBe(1_800_000_000_000);
});

test("goes on from the newest entry though the clock was set back by years, as its id is of the same time", async () => {
  const path = join(newFolder(), "shop.db");
  const [then, now] = [1_800_000_000_000, 1_000_000_000];
  const before = await openSqlite({ path, time: stoppedAt(then) });
  await before.store.transact({
    id: idsByTime(() => then - 20)(),
    commands: [create("tea", 1)],
    decide: decideBatch,
    timeoutMs: 10_000,
  });
  await before.close();
  const after = await openSqlite({ path, time: stoppedAt(now) });
  onTestFinished(() => after.close());
  expect([await after.queries.now(), after.doubtful]).toEqual([then, []]);
});

function stoppedAt(ms: number): StoreTime {
  return new StoreTime({ wall: () => ms, steady: () => 0 });
}
