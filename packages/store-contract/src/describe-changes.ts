import {
  type Changes,
  type Command,
  type CustomerId,
  decide,
  evolve,
  type LocationId,
  type Order,
  type Sku,
} from "@holdfast/domain";
import { readableOrder } from "@holdfast/engine";
import { adjust, confirm, create, orderId, place, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Changes entities in ways that no command does today, in the commit of a command that reads them. */
async function change(shop: Shop, command: Command, changes: Changes): Promise<void> {
  shop.rules = { decide, evolve: (snapshot, event) => ({ ...evolve(snapshot, event), ...changes }) };
  expect(await shop.ask(command)).toEqual(["ok"]);
  shop.rules = { decide, evolve };
}

/** Stores any change of an entity that a later rule may make, and finds the entity by its new fields. */
export function describeChanges(withShop: ShopTest): void {
  test(
    "sells a product as it is after a change, however well it was known before",
    withShop(async (shop) => {
      await shop.ask(create("tea", 9), create("cup", 9));
      await shop.ask(place("o1", { tea: 1, cup: 1 }));
      const product = (await shop.database.queries.product("tea" as Sku))?.product;
      if (product === undefined) throw new Error("the shop has tea");
      const price = { amount: 999, currency: "EUR" };
      await change(shop, adjust("a1", "tea", 1), { products: [{ ...product, version: 2, name: "Finer tea", price }] });
      expect(await shop.ask(place("o2", { tea: 1 }))).toEqual(["ok"]);
      expect((await shop.order("o2")).lines).toMatchObject([{ name: "Finer tea", unitPrice: price }]);
      expect((await shop.order("o1")).lines).toMatchObject([{ name: "Fine tea" }, { name: "Fine cup" }]);
      await change(shop, adjust("a2", "tea", 1), { products: [{ ...product, version: 3, name: "Tea" }] });
      expect(await shop.ask(place("o3", { tea: 1, cup: 1 }))).toEqual(["ok"]);
      expect((await shop.order("o3")).lines).toMatchObject([{ name: "Tea" }, { name: "Fine cup" }]);
    }),
  );

  test(
    "finds an order by what it is after a change, and no longer by what it was",
    withShop(async (shop) => {
      await shop.ask(create("tea", 9), create("cup", 9));
      await shop.ask(
        place("o1", { tea: 2 }, { customerId: "ann", holdSeconds: 60 }),
        place("o2", { tea: 1 }, { holdSeconds: 900 }),
      );
      const { payments: _none, ...order } = await shop.order("o1");
      const [line] = order.lines;
      if (line === undefined) throw new Error("the order has a line");
      const changed: Order = {
        ...order,
        version: 2,
        customerId: "bob" as CustomerId,
        locationId: "berlin" as LocationId,
        lines: [{ ...line, sku: "cup" as Sku, quantity: line.quantity }],
        reservation: {
          ...order.reservation,
          expiresAt: (order.reservation.expiresAt + 5_000) as typeof order.placedAt,
        },
      };
      await change(shop, confirm("o1"), { orders: [changed], payments: [] });
      expect(await shop.order("o1")).toEqual({ ...changed, payments: [] });
      const { queries } = shop.database;
      const found = async (filter: Parameters<typeof queries.orders>[0]) =>
        (await queries.orders(filter, { limit: 9 })).map(readableOrder).map(({ id }) => id);
      expect(await found({ customerId: "ann" as CustomerId })).toEqual([]);
      expect(await found({ customerId: "bob" as CustomerId })).toEqual([orderId("o1")]);
      expect(await found({ sku: "tea" as Sku })).toEqual([orderId("o2")]);
      expect(await found({ sku: "cup" as Sku })).toEqual([orderId("o1")]);
      const due = await queries.dueReservations(changed.reservation.expiresAt, 9);
      expect(due.filter((reservation) => reservation.orderId === changed.id)).toEqual([
        { orderId: changed.id, expiresAt: changed.reservation.expiresAt },
      ]);
      expect(await queries.dueReservations(order.reservation.expiresAt, 9)).toEqual([]);
    }),
  );
}
