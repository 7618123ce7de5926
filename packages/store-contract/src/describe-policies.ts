import type { Instant, ProductPolicies, Sku } from "@holdfast/domain";
import { movementPage, readable } from "@holdfast/engine";
import {
  adjust,
  cancel,
  change,
  claim,
  confirm,
  create,
  extend,
  fulfil,
  giveBack,
  open,
  place,
  type Shop,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Products' own rules of sale. */
export function describePolicies(withShop: ShopTest): void {
  const policiesOf = async (shop: Shop, sku: string) =>
    (await shop.database.queries.product(sku as Sku))?.product.policies;

  test(
    "keeps a product's policies, each change of them, and what it was created with",
    withShop(async (shop, ask) => {
      const policies: ProductPolicies = {
        backorderLimit: 4,
        purchaseLimit: { quantity: 9, windowSeconds: 60 },
        minimumQuantity: 2,
        maximumQuantity: 8,
        quantityMultiple: 2,
        releaseAt: 1 as Instant,
        holdSeconds: 30,
        holdSecondsMax: 90,
      };
      const [created] = await shop.outcomes(create("tea", 9, { ...claim("k"), policies }));
      expect(await policiesOf(shop, "tea")).toEqual(policies);
      await ask(change("tea", { policies: { releaseAt: null, maximumQuantity: 6 } }));
      const { releaseAt: _releaseAt, ...kept } = policies;
      expect(await policiesOf(shop, "tea")).toEqual({ ...kept, maximumQuantity: 6 });
      expect(await shop.outcomes(create("tea", 9, { ...claim("k"), policies }))).toEqual([
        { ...created, replayed: true },
      ]);
      const none = { minimumQuantity: null, maximumQuantity: null, quantityMultiple: null, holdSeconds: null };
      await ask(
        change("tea", { policies: { ...none, holdSecondsMax: null, backorderLimit: null, purchaseLimit: null } }),
        place("o1", { tea: 1 }),
      );
      expect(await policiesOf(shop, "tea")).toBeUndefined();
    }),
  );

  test(
    "sells by the policies of the moment, however well the product was known before",
    withShop(async (shop, ask) => {
      await ask(create("tea", 20), place("o1", { tea: 1 }), change("tea", { policies: { quantityMultiple: 3 } }));
      expect(await shop.ask(place("o2", { tea: 1 }), place("o3", { tea: 3 }))).toEqual(["quantity_not_allowed", "ok"]);
      await ask(change("tea", { policies: { quantityMultiple: null } }), place("o4", { tea: 1 }));
      expect(await shop.stock("tea")).toBe("20/5/0/15");
    }),
  );

  test(
    "owes up to the limit at each place, ships what has come, and shows the orders that wait",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 5, { policies: { backorderLimit: 3 } }), open("berlin"), adjust("a1", "tea@berlin", 1));
      await ask(place("o1", { tea: 7 }), place("o2", { tea: 4 }, { locationId: "berlin" }));
      expect(await shop.ask(place("o3", { tea: 2 }), place("o4", { tea: 1 }), place("o5", { tea: 1 }))).toEqual([
        "insufficient_stock",
        "ok",
        "insufficient_stock",
      ]);
      expect([await shop.stock("tea"), await shop.stock("tea@berlin")]).toEqual(["5/8/0/-3", "1/4/0/-3"]);
      expect((await shop.order("o1")).lines).toMatchObject([{ backorderedQuantity: 2 }]);
      await ask(confirm("o1"), change("tea", { policies: { backorderLimit: null } }), cancel("o4"));
      expect(await shop.ask(place("o6", { tea: 1 }), fulfil("f1", "o1"))).toEqual([
        "insufficient_stock",
        "stock_not_there",
      ]);
      await ask(fulfil("f1", "o1", { tea: 5 }), adjust("a2", "tea", 3), fulfil("f2", "o1"), place("o7", { tea: 1 }));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["1/1/0/0", []]);
      const movements = (await movementPage(queries, "tea" as Sku, { limit: 50 })).map(({ movement }) =>
        readable(movement),
      );
      expect(movements.filter(({ change }) => change.backorderLimit === 3)).toHaveLength(3);
    }),
  );

  test(
    "sells a customer as much as a product allows in a time, and counts what is given back no more",
    withShop(async (shop, ask) => {
      const ann = { customerId: "ann" };
      const policies: ProductPolicies = { purchaseLimit: { quantity: 3, windowSeconds: 86_400 } };
      await ask(create("tea", 50, { policies }), place("o1", { tea: 2 }, ann));
      expect(
        await shop.ask(place("o2", { tea: 2 }, ann), place("o3", { tea: 1 }, ann), place("o4", { tea: 1 })),
      ).toEqual(["purchase_limit_exceeded", "ok", "customer_required"]);
      expect(await shop.ask(place("o5", { tea: 1 }, ann), place("o6", { tea: 3 }, { customerId: "a@b" }))).toEqual([
        "purchase_limit_exceeded",
        "ok",
      ]);
      await ask(confirm("o1"), cancel("o3"), fulfil("f1", "o1"), giveBack("r1", "o1", { tea: 1 }));
      expect(await shop.ask(place("o7", { tea: 3 }, ann), place("o8", { tea: 2 }, ann))).toEqual([
        "purchase_limit_exceeded",
        "ok",
      ]);
      // A customer who has given all back is as one who never bought.
      await ask(cancel("o8"), giveBack("r2", "o1"), place("o9", { tea: 3 }, ann));
      expect(await shop.ask(place("o10", { tea: 1 }, ann))).toEqual(["purchase_limit_exceeded"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "keeps to a purchase limit however many orders of a customer come at the same time",
    withShop(async (shop, ask) => {
      const policies: ProductPolicies = { purchaseLimit: { quantity: 4, windowSeconds: 86_400 } };
      await ask(create("tea", 50, { policies }), create("cup", 50));
      const orders = Array.from({ length: 12 }, (_, n) => place(`o${n}`, { tea: 1, cup: 1 }, { customerId: "ann" }));
      const words = await Promise.all(orders.map((order) => shop.ask(order)));
      expect(words.flat().filter((word) => word === "ok")).toHaveLength(4);
      expect(new Set(words.flat())).toEqual(new Set(["ok", "purchase_limit_exceeded"]));
      expect(await shop.stock("tea")).toBe("50/4/0/46");
    }),
  );

  test(
    "finds products by what an order can still get of them, owed units included",
    withShop(async (shop, ask) => {
      const search = { sort: "sku", descending: false } as const;
      const found = async (more: object) =>
        (await shop.database.queries.findProducts({ ...search, ...more }, { limit: 9 })).map((each) =>
          "unreadable" in each ? "unreadable" : each.product.sku,
        );
      await ask(create("cup", 0), create("pot", 3), create("tea", 0, { policies: { backorderLimit: 2 } }));
      expect(await found({ orderable: { min: 1 } })).toEqual(["pot", "tea"]);
      expect(await found({ orderable: { max: 0 } })).toEqual(["cup"]);
      expect(await found({ orderable: { min: 1 }, available: { max: 2 } })).toEqual(["tea"]);
      await ask(place("o1", { tea: 2 }));
      expect(await found({ orderable: { max: 0 } })).toEqual(["cup", "tea"]);
    }),
  );

  test(
    "keeps with an order what its products had of it: a release, and the most that it may be held",
    withShop(async (shop, ask) => {
      const releaseAt = 9_000_000_000_000 as Instant;
      await ask(create("tea", 9, { policies: { releaseAt, holdSecondsMax: 90 } }), create("cup", 9));
      await ask(place("o1", { tea: 1, cup: 1 }), place("o2", { tea: 1 }, { holdSeconds: 20, isUsualHold: true }));
      const { lines, placedAt, holdSecondsMax } = await shop.order("o1");
      expect([lines[0]?.releaseAt, lines[1]?.releaseAt, holdSecondsMax]).toEqual([releaseAt, undefined, 90]);
      const after = (seconds: number) => (placedAt + seconds * 1_000) as Instant;
      expect(await shop.ask(extend("o1", after(91)), extend("o1", after(90)))).toEqual(["hold_too_long", "ok"]);
      await ask(confirm("o1"), fulfil("f1", "o1", { cup: 1 }));
      expect(await shop.ask(fulfil("f2", "o1"))).toEqual(["not_yet_released"]);
      await ask(change("tea", { policies: { releaseAt: 1 as Instant } }), fulfil("f2", "o1"));
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["8/1/0/7", []]);
    }),
  );
}
