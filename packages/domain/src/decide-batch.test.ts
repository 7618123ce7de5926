import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { decideBatch } from "./decide-batch.ts";
import { adjust, cancel, claim, confirm, create, orderId, place } from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

/** Shapes that no caller can send: a rule throws on them, before and after it has moved something. */
const poisons: readonly (readonly [string, Command])[] = [
  ["throws in its rule", { ...place("p", { tea: 1 }), holdSeconds: Symbol("poison") } as unknown as Command],
  ["has a type that does not exist", { type: "StealStock", orderId: orderId("p") } as unknown as Command],
  ["throws when it has changed something", create("pot", -1)],
  ["takes an order id that is taken in its batch", place("o1", { tea: 1 })],
  ["takes an adjustment id that is taken in its batch", adjust("initial-tea", "tea", 1)],
];

test.each(poisons)("sets aside a command that %s, as if it had never been asked", (_what, poison) => {
  const around = [create("tea", 5), place("o1", { tea: 2 }), place("o2", { tea: 2 }), cancel("o1")] as const;
  const shop = new RulesShop();
  const [made, first, ...rest] = around;
  const batch = shop.batch(made, first, poison, ...rest, poison);
  expect(batch.outcomes.map(({ kind }) => kind)).toEqual([
    "accepted",
    "accepted",
    "broken",
    "accepted",
    "accepted",
    "broken",
  ]);
  expect(batch.outcomes[2]).toEqual({ kind: "broken", error: expect.any(Error) });
  const without = new RulesShop();
  const { outcomes: _outcomes, ...writes } = without.batch(...around);
  expect(batch).toMatchObject(writes);
  expect([shop.snapshot, shop.journal]).toEqual([without.snapshot, without.journal]);
});

test("decides each command on the state that the ones before it left", () => {
  const shop = new RulesShop();
  expect(
    shop.ask(
      create("tea", 3),
      place("o1", { tea: 2 }, claim("k")),
      place("o2", { tea: 2 }),
      place("o3", { tea: 2 }, claim("k")),
      place("o4", { tea: 9 }, claim("k", "other body")),
      create("tea", 3),
      cancel("o1"),
      place("o5", { tea: 3 }),
      confirm("o5"),
    ),
  ).toEqual([
    "ok",
    "ok",
    "insufficient_stock",
    "replayed",
    "idempotency_key_reused",
    "product_exists",
    "ok",
    "ok",
    "ok",
  ]);
  expect(shop.stock("tea")).toBe("3/0/3/0");
});

test("writes each entity once, as it was before the batch and as it is after", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), create("cup", 5));
  const before = shop.snapshot;
  const batch = shop.batch(place("o1", { tea: 1 }), place("o2", { tea: 1 }), cancel("o2"), adjust("a1", "tea", 1));
  expect(batch.writes.levels).toEqual([
    { before: before.levels.get("tea@main"), after: expect.objectContaining({ version: 5, totalStock: 6 }) },
  ]);
  expect(batch.writes.orders.map((write) => [write.before, write.after.status, write.after.version])).toEqual([
    [undefined, "PENDING_PAYMENT", 1],
    [undefined, "CANCELLED", 2],
  ]);
  expect(batch.writes.products).toEqual([]);
  expect(batch.writes.adjustments.map((write) => write.after.delta)).toEqual([1]);
});

test("leaves the snapshot it began from alone", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }));
  const copy = structuredClone({ ...shop.snapshot });
  decideBatch(shop.snapshot, [place("o2", { tea: 1 }), cancel("o1"), adjust("a1", "tea", 1)], instant(0));
  expect({ ...shop.snapshot }).toEqual(copy);
});

test("writes nothing for refusals, replays and repeats", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5, claim("k")), place("o1", { tea: 1 }), confirm("o1"));
  const batch = shop.batch(create("tea", 5, claim("k")), create("tea", 1), place("o2", { tea: 9 }), confirm("o1"));
  expect([batch.events, ...Object.values(batch.writes)].flat()).toEqual([]);
  expect(shop.journal).toHaveLength(1);
});
