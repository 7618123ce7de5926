import { adjust, cancel, claim, confirm, create, expire, open, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const each = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i));

/** Runs transactions at the same time: the result equals that of some serial order. */
export function describeRaces(withShop: ShopTest): void {
  test(
    "sells exactly what there is to 40 transactions at once",
    withShop(async (shop) => {
      await shop.ask(create("tea", 15));
      const words = (await Promise.all(each(40, (n) => shop.ask(place(`o${n}`, { tea: 1 }))))).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(15);
      expect(words.filter((word) => word === "insufficient_stock")).toHaveLength(25);
      expect(await shop.stock("tea")).toBe("15/15/0/0");
      expect(await shop.drift()).toEqual([]);
      const ledger = await shop.ledger("tea");
      expect(ledger.map(({ after }) => after.version).sort((a, b) => a - b)).toEqual(each(16, (n) => n + 1));
    }),
  );

  test(
    "lets carts that cross neither deadlock nor oversell",
    withShop(async (shop) => {
      await shop.ask(create("a", 10), create("b", 10));
      const carts = each(30, (n) =>
        place(
          `o${n}`,
          n % 2
            ? { a: 1, b: 1 }
            : [
                ["b", 1],
                ["a", 1],
              ],
        ),
      );
      const words = (await Promise.all(carts.map((cart) => shop.ask(cart)))).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(10);
      expect([await shop.stock("a"), await shop.stock("b")]).toEqual(["10/10/0/0", "10/10/0/0"]);
    }),
  );

  test(
    "makes one order of one key that comes many times at once",
    withShop(async (shop) => {
      await shop.ask(create("tea", 50));
      const words = (await Promise.all(each(12, (n) => shop.ask(place(`o${n}`, { tea: 1 }, claim("k")))))).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(1);
      expect(words.filter((word) => word === "replayed")).toHaveLength(11);
      expect(await shop.stock("tea")).toBe("50/1/0/49");
    }),
  );

  test(
    "creates a SKU once, in whatever case, and a level once",
    withShop(async (shop) => {
      const created = (await Promise.all(each(8, () => shop.ask(create("tea", 5))))).flat();
      expect(created.filter((word) => word === "ok")).toHaveLength(1);
      const spellings = each(8, (n) => shop.ask(create(n % 2 === 0 ? "Cup" : "cUP", 5)));
      const words = (await Promise.all(spellings)).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(1);
      expect(new Set(words)).toEqual(new Set(["ok", "product_exists", "sku_differs_by_case"]));
      await shop.ask(open("berlin"));
      const counted = each(8, (n) => shop.ask(adjust(`a${n}`, "tea@berlin", 1)));
      expect((await Promise.all(counted)).flat()).toEqual(each(8, () => "ok"));
      expect([await shop.stock("tea"), await shop.stock("tea@berlin")]).toEqual(["5/0/0/5", "8/0/0/8"]);
    }),
  );

  test(
    "ends a reservation once, whoever comes first",
    withShop(async (shop) => {
      await shop.ask(create("tea", 20));
      await shop.ask(...each(10, (n) => place(`o${n}`, { tea: 2 })));
      shop.later = 60_000;
      const races = each(10, (n) => [shop.ask(confirm(`o${n}`)), shop.ask(cancel(`o${n}`)), shop.ask(expire(`o${n}`))]);
      await Promise.all(races.flat());
      for (let n = 0; n < 10; n += 1) {
        expect((await shop.order(`o${n}`)).status).toMatch(/^(CONFIRMED|CANCELLED)$/);
      }
      expect(await shop.stock("tea")).toMatch(/^20\/0\//);
      expect(await shop.drift()).toEqual([]);
    }),
  );
}
