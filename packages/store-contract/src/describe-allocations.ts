import type { Sku } from "@holdfast/domain";
import {
  adjust,
  cancelSold,
  changePlace,
  claim,
  confirm,
  create,
  expire,
  fulfil,
  giveBack,
  open,
  orderId,
  place,
  placeAnywhere,
  type Shop,
} from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What main and Berlin count of tea. */
async function stock(shop: Shop): Promise<string[]> {
  return [await shop.stock("tea"), await shop.stock("tea@berlin")];
}

/** Where an order has its units: `main 1, berlin 1`. */
async function placesOf(shop: Shop, name: string): Promise<string> {
  const { lines, locationId } = await shop.order(name);
  return lines.map((line) => `${line.locationId ?? locationId} ${line.quantity}`).join(", ");
}

/** Orders that name no place, which are allocated over those that are active. */
export function describeAllocations(withShop: ShopTest): void {
  test(
    "sells 1 + 1 units in two places as 2, and ships, cancels and takes them back where they are",
    withShop(async (shop, ask) => {
      await ask(create("tea", 1), open("berlin"), adjust("a1", "tea@berlin", 2));
      await ask(placeAnywhere("o1", { tea: 3 }));
      expect([await placesOf(shop, "o1"), ...(await stock(shop))]).toEqual(["main 1, berlin 2", "1/1/0/0", "2/2/0/0"]);
      expect(await shop.ask(placeAnywhere("o2", { tea: 1 }))).toEqual(["insufficient_stock"]);
      await ask(confirm("o1"), fulfil("f1", "o1", { tea: 2 }), cancelSold("r1", "o1", { tea: 1 }));
      expect(await stock(shop)).toEqual(["0/0/0/0", "1/0/0/1"]);
      await ask(giveBack("r2", "o1"));
      expect(await stock(shop)).toEqual(["1/0/0/1", "2/0/0/2"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "finds an order once by a SKU that it has from two places, and by each place when its reservation ends",
    withShop(async (shop, ask) => {
      await ask(create("tea", 1), open("berlin"), adjust("a1", "tea@berlin", 1));
      await ask(placeAnywhere("o1", { tea: 2 }));
      const { queries } = shop.database;
      const found = await queries.orders({ sku: "tea" as Sku }, { limit: 10 });
      expect(found.map(({ id }) => id)).toEqual([orderId("o1")]);
      const { reservation } = await shop.order("o1");
      for (const name of ["tea", "tea@berlin"]) {
        const [sku, locationId = "main"] = name.split("@");
        const level = { sku, locationId } as Parameters<typeof queries.nextExpiryOf>[0];
        expect(await queries.nextExpiryOf(level, 0 as never)).toBe(reservation.expiresAt);
      }
    }),
  );

  test(
    "allocates over the places that are active by then, closed and opened in the same batch too",
    withShop(async (shop, ask) => {
      await ask(create("tea", 5), create("cup", 5), open("berlin", { active: false }), open("rome"));
      await ask(adjust("a1", "tea@berlin", 5), adjust("a2", "cup@berlin", 5));
      expect(await shop.ask(placeAnywhere("o1", { tea: 6 }))).toEqual(["insufficient_stock"]);
      await ask(
        placeAnywhere("o2", { tea: 1 }),
        changePlace("berlin", { active: true }),
        changePlace("main", { active: false }),
        placeAnywhere("o3", { tea: 1, cup: 5 }),
      );
      expect([await placesOf(shop, "o2"), await placesOf(shop, "o3")]).toEqual(["main 1", "berlin 1, berlin 5"]);
      expect(await shop.ask(placeAnywhere("o4", { cup: 1 }))).toEqual(["insufficient_stock"]);
    }),
  );

  test(
    "takes each unit once, however many ask at the same time",
    withShop(async (shop, ask) => {
      await ask(
        create("tea", 7),
        open("berlin"),
        open("rome"),
        adjust("a1", "tea@berlin", 7),
        adjust("a2", "tea@rome", 7),
      );
      const names = Array.from({ length: 12 }, (_, n) => `o${n}`);
      const words = await Promise.all(names.map((name) => shop.ask(placeAnywhere(name, { tea: 2 }))));
      expect(words.flat().filter((word) => word === "ok")).toHaveLength(10);
      expect(words.flat().filter((word) => word === "insufficient_stock")).toHaveLength(2);
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "holds a late payment's units elsewhere where they have gone, and repeats the first answer as it was",
    withShop(async (shop, ask) => {
      await ask(create("tea", 2), open("berlin"), open("rome"), adjust("a1", "tea@rome", 2));
      const order = placeAnywhere("o1", { tea: 2 }, claim("k1"));
      const [first] = await shop.outcomes(order);
      shop.later = 120_000;
      await ask(expire("o1"), place("o2", { tea: 1 }));
      await ask(confirm("o1"));
      expect(await placesOf(shop, "o1")).toBe("main 1, rome 1");
      expect(await shop.outcomes(order)).toEqual([{ ...first, replayed: true }]);
      await ask(fulfil("f1", "o1"));
      expect([await shop.stock("tea"), await shop.stock("tea@rome")]).toEqual(["1/1/0/0", "1/0/0/1"]);
      expect(await shop.drift()).toEqual([]);
    }),
  );
}
