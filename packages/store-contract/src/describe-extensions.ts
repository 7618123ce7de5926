import type { Instant } from "@holdfast/domain";
import { confirm, create, expire, extend, orderId, place, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const weekSeconds = 604_800;

/** Orders that are held longer. */
export function describeExtensions(withShop: ShopTest): void {
  test(
    "finds an extended reservation due at its later end, and no longer at its first one",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      await ask(create("tea", 9), place("o1", { tea: 2 }), place("o2", { tea: 1 }));
      const { placedAt } = await shop.order("o1");
      const after = (seconds: number) => (placedAt + seconds * 1_000) as Instant;
      await ask(extend("o1", after(weekSeconds)));
      const due = async (seconds: number) =>
        (await queries.dueReservations(after(seconds), 9)).map((reservation) => reservation.orderId);
      expect(await due(61)).toEqual([orderId("o2")]);
      expect(await due(weekSeconds - 1)).toEqual([orderId("o2")]);
      expect(await due(weekSeconds)).toEqual([orderId("o2"), orderId("o1")]);
      expect(await queries.nextExpiry(after(61), after(2 * weekSeconds))).toBe(after(weekSeconds));
      expect(await shop.ask(expire("o1"))).toEqual(["order_not_due"]);
      const { version, extendedTo, reservation } = await shop.order("o1");
      expect([version, extendedTo, reservation.expiresAt]).toEqual([2, after(weekSeconds), after(weekSeconds)]);
      await ask(confirm("o1"));
      expect(await shop.stock("tea")).toBe("9/1/2/6");
      expect(await shop.drift()).toEqual([]);
    }),
  );

  test(
    "keeps the latest end of extensions at once",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9), place("o1", { tea: 2 }, { holdSeconds: weekSeconds }));
      const { expiresAt } = (await shop.order("o1")).reservation;
      const ends = Array.from({ length: 8 }, (_, n) => expiresAt + n * 1_000);
      const words = await Promise.all(ends.map((end) => shop.ask(extend("o1", end))));
      expect(new Set(words.flat())).toEqual(new Set(["ok"]));
      expect((await shop.order("o1")).reservation.expiresAt).toBe(expiresAt + 7_000);
      expect(await heldIn(shop)).toEqual(["o1"]);
    }),
  );
}

/** The names of the orders that hold something. */
async function heldIn({ database: { queries } }: Shop): Promise<string[]> {
  const due = await queries.dueReservations(Number.MAX_SAFE_INTEGER as Instant, 9);
  return due.map((reservation) => reservation.orderId.replace(/^ord_0*/, ""));
}
