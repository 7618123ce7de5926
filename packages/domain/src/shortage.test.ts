import { expect, test } from "vitest";
import { ShortageReader } from "./shortage.ts";
import { adjust, cancel, confirm, create, fulfil, orderId, place } from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

const loss = { reason: "theft", acceptsShortage: true } as const;

function hit(shop: RulesShop): (readonly [order: string, promised: number, short: number])[] {
  const reader = new ShortageReader(shop.recount("tea").level);
  for (const order of [...shop.snapshot.orders.values()].toReversed()) if (!reader.isDone) reader.add(order);
  return reader.orders.map(({ orderId: id, promised, short }) => [id, promised, short]);
}

test("hits the newest promises, and names the oldest of them first", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), place("o1", { tea: 3 }), place("o2", { tea: 4 }), place("o3", { tea: 3 }), confirm("o2"));
  expect(hit(shop)).toEqual([]);
  shop.ask(adjust("a1", "tea", -5, loss));
  expect(hit(shop)).toEqual([
    [orderId("o2"), 4, 2],
    [orderId("o3"), 3, 3],
  ]);
  shop.ask(cancel("o3"), fulfil("f1", "o2", { tea: 1 }));
  expect(hit(shop)).toEqual([[orderId("o2"), 3, 2]]);
  shop.ask(adjust("a2", "tea", 2));
  expect(hit(shop)).toEqual([]);
});

test("hits no order at another place, and none that has ended", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 4), adjust("a1", "tea@berlin", 4));
  shop.ask(place("o1", { tea: 2 }), place("o2", { tea: 2 }, { locationId: "berlin" }), place("o3", { tea: 2 }));
  shop.ask(cancel("o3"), adjust("a2", "tea", -3, loss));
  expect(hit(shop)).toEqual([[orderId("o1"), 2, 1]]);
});
