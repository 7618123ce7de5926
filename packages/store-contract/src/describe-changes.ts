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
import { adjust, claim, confirm, create, change as edit, open, orderId, place, type Shop } from "@holdfast/testing";
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
    "keeps a changed product, sells none that is archived, and replays its creation as it was",
    withShop(async (shop) => {
      const { queries } = shop.database;
      const [created] = await shop.outcomes(create("tea", 9, claim("k")));
      await shop.ask(place("o1", { tea: 1 }));
      const price = { amount: 500, currency: "EUR" };
      expect(await shop.ask(edit("tea", { name: "Tea", price }), edit("tea", { archived: true }))).toEqual([
        "ok",
        "ok",
      ]);
      expect((await queries.product("tea" as Sku))?.product).toMatchObject({ version: 3, name: "Tea", price });
      expect(await shop.ask(place("o2", { tea: 1 }), confirm("o1"))).toEqual(["product_archived", "ok"]);
      expect(await shop.outcomes(create("tea", 9, claim("k")))).toEqual([{ ...created, replayed: true }]);
      await shop.ask(open("berlin"));
      expect(await shop.ask(adjust("a1", "tea@berlin", 3), edit("tea", { archived: false }))).toEqual(["ok", "ok"]);
      expect(await shop.ask(place("o3", { tea: 2 }, { locationId: "berlin" }))).toEqual(["ok"]);
      expect((await shop.order("o3")).lines).toMatchObject([{ name: "Tea", unitPrice: price }]);
      expect((await queries.product("tea" as Sku))?.product).not.toHaveProperty("archivedAt");
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "takes one of many changes at once of the version that all have seen",
    withShop(async (shop) => {
      await shop.ask(create("tea", 9));
      const names = Array.from({ length: 8 }, (_, n) => `Tea ${n}`);
      const words = (await Promise.all(names.map((name) => shop.ask(edit("tea", { name, ifVersion: 1 }))))).flat();
      expect(words.toSorted()).toEqual(["ok", ...Array(7).fill("product_changed")]);
      const { product } = (await shop.database.queries.product("tea" as Sku)) ?? {};
      expect([product?.version, product?.name]).toEqual([2, names[words.indexOf("ok")]]);
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
