import type { LocationId, Sku } from "@holdfast/domain";
import { explainLevel } from "@holdfast/engine";
import { adjust, changeCart, claim, confirm, create, open, orderId, place, placeAnywhere } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Unpaid orders that get other lines. */
export function describeChangedLines(withShop: ShopTest): void {
  test(
    "moves the difference of an order's lines in one commit, and finds it by those it has now",
    withShop(async (shop, ask) => {
      const ann = { customerId: "ann", bounds: { unitsPerCustomerMax: 6 } };
      const placing = place("o1", { tea: 5, cup: 1 }, { ...ann, ...claim("k") });
      await ask(create("tea", 6), create("cup", 2), create("pot", 3), placing);
      const placed = await shop.outcomes(placing);
      await ask(changeCart("o1", { tea: 2, pot: 3 }, { bounds: ann.bounds }));
      expect([await shop.stock("tea"), await shop.stock("cup"), await shop.stock("pot")]).toEqual([
        "6/2/0/4",
        "2/0/0/2",
        "3/3/0/0",
      ]);
      expect(await shop.ask(place("o2", { cup: 2 }, ann), place("o2", { cup: 1 }, ann))).toEqual([
        "hold_limit_exceeded",
        "ok",
      ]);
      const found = async (sku: string) =>
        (await shop.database.queries.orders({ sku: sku as Sku }, { limit: 9 })).map(({ id }) => id);
      expect([await found("cup"), await found("pot")]).toEqual([[orderId("o2")], [orderId("o1")]]);
      expect(JSON.stringify(await shop.outcomes(placing))).toBe(JSON.stringify(placed));
      await ask(confirm("o1"));
      expect(await shop.stock("pot")).toBe("3/0/3/0");
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "an order of several places grows, moves and shrinks, and a replay of its placing answers where it was",
    withShop(async (shop, ask) => {
      const placing = placeAnywhere("o1", { tea: 3 }, claim("k"));
      await ask(open("berlin", { priority: 1 }), open("rome", { priority: 2 }), create("tea", 2));
      await ask(adjust("a1", "tea@berlin", 2), adjust("a2", "tea@rome", 9), placing);
      const placed = await shop.outcomes(placing);
      const stock = async () => [await shop.stock("tea"), await shop.stock("tea@berlin"), await shop.stock("tea@rome")];
      const keyed = changeCart("o1", { tea: 5 }, claim("k2"));
      await ask(keyed);
      const grown = await shop.outcomes(keyed);
      expect(await stock()).toEqual(["2/2/0/0", "2/2/0/0", "9/1/0/8"]);
      await ask(changeCart("o1", { "tea@rome": 4, tea: 1 }));
      expect(await stock()).toEqual(["2/1/0/1", "2/0/0/2", "9/4/0/5"]);
      expect(await shop.ask(changeCart("o1", { tea: 7 }), changeCart("o1", { "tea@rome": 2 }))).toEqual(["ok", "ok"]);
      expect(await stock()).toEqual(["2/0/0/2", "2/0/0/2", "9/2/0/7"]);
      expect(JSON.stringify(await shop.outcomes(placing))).toBe(JSON.stringify(placed));
      expect(JSON.stringify(await shop.outcomes(keyed))).toBe(JSON.stringify(grown));
      const rome = { sku: "tea" as Sku, locationId: "rome" as LocationId };
      const { held } = await explainLevel(shop.database.queries, rome);
      expect([held.sum, held.newest.map((each) => [each.orderId, each.units])]).toEqual([2, [[orderId("o1"), 2]]]);
      await ask(confirm("o1"));
      expect(await stock()).toEqual(["2/0/0/2", "2/0/0/2", "9/0/2/7"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "changes an order's lines once, or it is paid, however many ask at the same time",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9), place("o0", { tea: 1 }));
      const carts = Array.from({ length: 5 }, (_, n) => changeCart("o0", { tea: n + 2 }, { ifVersion: 1 }));
      const words = (await Promise.all([...carts, confirm("o0")].map((command) => shop.ask(command)))).flat();
      expect(words.at(-1)).toBe("ok");
      expect(words.slice(0, -1).filter((word) => word === "ok").length).toBeLessThan(2);
      const { lines } = await shop.order("o0");
      const sold = lines[0]?.quantity ?? 0;
      expect(await shop.stock("tea")).toBe(`9/0/${sold}/${9 - sold}`);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "explains a level by orders that came to hold it, and by none that gave it up",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9), create("cup", 9), place("o1", { tea: 2 }), place("o2", { cup: 2 }));
      await ask(changeCart("o1", { cup: 1 }), changeCart("o2", { cup: 1, tea: 3 }));
      const level = { sku: "tea" as Sku, locationId: "main" as LocationId };
      const { held } = await explainLevel(shop.database.queries, level);
      expect([held.sum, held.newest.map((each) => [each.orderId, each.units])]).toEqual([3, [[orderId("o2"), 3]]]);
    }),
  );
}
