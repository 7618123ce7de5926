import type { CustomerId, OrderId, Sku } from "@holdfast/domain";
import { Engine, eraseCustomer, readable } from "@holdfast/engine";
import { cancel, cancelSold, claim, confirm, create, erase, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const ann = { customerId: "ann" as CustomerId, bounds: { unitsPerCustomerMax: 9 } };

/** Customers who want to be known no more. */
export function describeErasure(withShop: ShopTest): void {
  test(
    "keeps nothing of an erased customer's id: not in orders, in what is held, nor in the journal",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 9), place("o1", { tea: 2 }, ann), place("o2", { tea: 1 }, { ...ann, ...claim("k") }));
      await ask(place("o3", { tea: 1 }, { customerId: "bob" as CustomerId }), confirm("o1"));
      await ask(erase("o1", "ann", "erased-1"), erase("o2", "ann", "erased-1"));
      const found = async (customerId: string) =>
        (await queries.orders({ customerId: customerId as CustomerId }, { limit: 9 })).map(({ id }) => id);
      expect([await found("ann"), await found("erased-1")]).toEqual([[], [orderId("o2"), orderId("o1")]]);
      const kept = await Promise.all([
        queries.orders({}, { limit: 9 }),
        queries.list("holdings", {}, { limit: 9 }),
        queries.journal("tea" as Sku, { limit: 9 }),
      ]);
      expect(JSON.stringify(kept)).not.toMatch(/\bann\b/);
      expect(JSON.stringify(kept[1])).toContain("customer:erased-1");
      expect(await shop.ask(place("o9", { tea: 1 }, { ...ann, ...claim("k") }))).toEqual(["replayed"]);
      await ask(cancel("o2"));
      expect(JSON.stringify(await queries.list("holdings", {}, { limit: 9 }))).not.toContain("erased");
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["9/1/2/6", []]);
    }),
  );

  test(
    "counts what an erased customer has bought under the pseudonym, and keeps no row of the id",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const policies = { purchaseLimit: { quantity: 3, windowSeconds: 3_600 } };
      const bought = async () => {
        const rows = (await queries.list("purchases", {}, { limit: 9 })).map(readable);
        return rows.map(({ buyer, bought }) => [...JSON.parse(buyer), bought.split(" ").length]);
      };
      await ask(
        create("tea", 9, { policies }),
        place("o1", { tea: 2 }, ann),
        place("o2", { tea: 1 }, ann),
        confirm("o1"),
      );
      expect(await shop.ask(place("o3", { tea: 1 }, ann))).toEqual(["purchase_limit_exceeded"]);
      await ask(erase("o2", "ann", "erased-1"));
      expect((await bought()).sort()).toEqual([
        ["ann", "tea", 1],
        ["erased-1", "tea", 1],
      ]);
      await ask(erase("o1", "ann", "erased-1"));
      expect(await bought()).toEqual([["erased-1", "tea", 2]]);
      await ask(place("o4", { tea: 3 }, ann), cancel("o4"), cancel("o2"), cancelSold("r1", "o1"));
      expect([await bought(), await shop.stock("tea"), await shop.drift()]).toEqual([[], "9/0/0/9", []]);
    }),
  );

  test(
    "erases all orders of a customer, some at a time, and goes on where it has stopped",
    withShop(async (shop, ask) => {
      const { queries, store } = shop.database;
      await ask(create("tea", 999));
      const names = Array.from({ length: 250 }, (_, n) => `o${String(n).padStart(3, "0")}`);
      await ask(...names.map((name) => place(name, { tea: 1 }, { customerId: "ann" as CustomerId })));
      let batches = 0;
      const newBatchId = () => {
        batches += 1;
        return `erase${String(batches).padStart(21, "0")}`;
      };
      const engine = new Engine({ store, newBatchId });
      const erased = (pseudonym: string) =>
        eraseCustomer(engine, queries, {
          actor: "admin" as never,
          customerId: "ann" as CustomerId,
          pseudonym: pseudonym as CustomerId,
          goesOn: () => false,
        });
      expect(await erased("erased-1")).toEqual({ ok: true, value: { orders: 200, complete: false } });
      expect(await erased("erased-2")).toEqual({ ok: true, value: { orders: 50, complete: true } });
      expect(await erased("erased-3")).toEqual({ ok: true, value: { orders: 0, complete: true } });
      const left = await queries.orders({ customerId: "ann" as CustomerId }, { limit: 9 });
      const oldest = await queries.order(orderId("o000") as OrderId);
      expect([left, oldest?.customerId, await shop.drift()]).toEqual([[], "erased-2", []]);
    }),
  );
}
