import { expect, test } from "vitest";
import { Bug } from "./bug.ts";
import type { LocationId, Sku } from "./ids.ts";
import { type JournalEntry, journalEntryOf } from "./journal.ts";
import { balanceAfter, movementsOf } from "./movements.ts";
import { Unreadable } from "./stored/unreadable.ts";
import { adjust, adjustmentId, cancel, confirm, create, expire, orderId, place, review } from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

const tea = { sku: "tea" as Sku, locationId: "main" as LocationId };

/** The whole ledger of a shop: `sku version reason total/reserved/committed`. */
function ledger(shop: RulesShop): string[] {
  return shop.journal
    .flatMap(movementsOf)
    .map(
      ({ reason, after }) =>
        `${after.sku} v${after.version} ${reason} ${after.totalStock}/${after.reservedStock}/${after.committedStock}`,
    );
}

function lastEntry(shop: RulesShop): JournalEntry {
  const entry = shop.journal.at(-1);
  if (entry === undefined) throw new Error("nothing has happened yet");
  return entry;
}

test("tells every change of every level, with its reason and its balances after", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 5));
  shop.ask(place("o1", { tea: 1, cup: 2 }), place("o2", { tea: 1 }), confirm("o1"), cancel("o2"));
  shop.ask(adjust("a1", "tea", 3, { reason: "correction" }), place("o3", { tea: 7 }), place("o4", { cup: 1 }));
  shop.seconds = 60;
  shop.ask(expire("o3"), adjust("a2", "tea", -1, { reason: "damage" }), confirm("o3"), confirm("o4"));
  shop.ask(place("o5", { cup: 2 }));
  shop.seconds = 120;
  shop.ask(expire("o5"), adjust("a3", "cup", -1), confirm("o5", "p", "review"), adjust("a4", "cup", 1));
  shop.ask(review("o5", "SELL"));
  expect(ledger(shop)).toEqual([
    "tea v1 initial 5/0/0",
    "cup v1 initial 5/0/0",
    "tea v2 order_placed 5/1/0",
    "cup v2 order_placed 5/2/0",
    "tea v3 order_placed 5/2/0",
    "tea v4 order_confirmed 5/1/1",
    "cup v3 order_confirmed 5/0/2",
    "tea v5 order_cancelled 5/0/1",
    "tea v6 correction 8/0/1",
    "tea v7 order_placed 8/7/1",
    "cup v4 order_placed 5/1/2",
    "tea v8 order_expired 8/0/1",
    "tea v9 damage 7/0/1",
    "cup v5 order_expired 5/0/2",
    "cup v6 late_payment_accepted 5/0/3",
    "cup v7 order_placed 5/2/3",
    "cup v8 order_expired 5/0/3",
    "cup v9 restock 4/0/3",
    "cup v10 restock 5/0/3",
    "cup v11 late_payment_approved 5/0/5",
  ]);
});

test("says who did it, when, to which order or by which adjustment", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  shop.seconds = 3;
  shop.ask(adjust("a1", "tea", 2, { reference: "note-7" }), place("o1", { tea: 1 }));
  expect(movementsOf(lastEntry(shop))).toMatchObject([
    {
      at: instant(3),
      actor: "tester",
      adjustmentId: adjustmentId("a1"),
      reference: "note-7",
      change: { totalStock: 2 },
    },
    { at: instant(3), actor: "tester", orderId: orderId("o1"), change: { reservedStock: 1 } },
  ]);
});

test("gives the balances that an entry left", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 0));
  expect(balanceAfter(lastEntry(shop), tea)).toEqual(shop.snapshot.levels.get("tea@main"));
  expect(balanceAfter(lastEntry(shop), { ...tea, sku: "cup" as Sku })).toMatchObject({ version: 0, totalStock: 0 });
  shop.ask(place("o1", { tea: 1 }), place("o2", { tea: 1 }));
  expect(balanceAfter(lastEntry(shop), tea)).toEqual(shop.snapshot.levels.get("tea@main"));
});

test("keeps an entry without what the documents say anyway", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }));
  const { records, levelsBefore } = lastEntry(shop);
  expect(records.map((record) => Object.keys(record).sort())).toEqual([
    ["actor", "sku", "type"],
    ["actor", "adjustment", "type"],
    ["actor", "lines", "locationId", "orderId", "type"],
  ]);
  expect(levelsBefore).toMatchObject([{ sku: "tea", version: 0 }]);
});

test("makes no entry where nothing happened", () => {
  expect(journalEntryOf("id", new RulesShop().batch(confirm("o1")))).toBeUndefined();
});

test("notices an entry that does not hang together", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5));
  const entry = lastEntry(shop);
  expect(() => movementsOf({ ...entry, levelsBefore: [] })).toThrow(Bug);
  expect(() => movementsOf({ ...entry, levelsBefore: [...entry.levelsBefore, ...entry.levelsBefore] })).toThrow(Bug);
  expect(balanceAfter(entry, { ...tea, locationId: "berlin" as LocationId })).toEqual(
    new Unreadable("journal_entry", entry.id, expect.stringContaining("does not name tea at berlin")),
  );
});
