import { expect, test } from "vitest";
import { ShortageReader } from "./shortage.ts";
import { adjust, cancel, confirm, create, fulfil, orderId, place, send, ship, transferId } from "./testing/commands.ts";
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

test("hits transfers that have yet to leave before any order, the newest first", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), send("t1", "main", "berlin", { tea: 2 }), place("o1", { tea: 3 }));
  shop.ask(send("t2", "main", "berlin", { tea: 4 }), send("t3", "main", "berlin", { tea: 1 }), ship("t3"));
  shop.ask(adjust("a1", "tea", -8, loss));
  const reader = new ShortageReader(shop.recount("tea").level);
  for (const transfer of [...shop.snapshot.transfers.values()].toReversed()) reader.addTransfer(transfer);
  for (const order of shop.snapshot.orders.values()) reader.add(order);
  expect(reader.transfers).toEqual([
    { transferId: transferId("t2"), reserved: 4, short: 4 },
    { transferId: transferId("t1"), reserved: 2, short: 2 },
  ]);
  expect(reader.orders).toMatchObject([{ orderId: orderId("o1"), promised: 3, short: 2 }]);
  expect(reader.isDone).toBe(true);
});

test("hits no order at another place, and none that has ended", () => {
  const shop = new RulesShop();
  shop.ask(create("tea", 4), adjust("a1", "tea@berlin", 4));
  shop.ask(place("o1", { tea: 2 }), place("o2", { tea: 2 }, { locationId: "berlin" }), place("o3", { tea: 2 }));
  shop.ask(cancel("o3"), adjust("a2", "tea", -3, loss));
  expect(hit(shop)).toEqual([[orderId("o1"), 2, 1]]);
});
