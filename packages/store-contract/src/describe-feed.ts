import { cancel, confirm, create, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** Gives every commit one position, in an order that fits the levels' versions. */
export function describeFeed(withShop: ShopTest): void {
  test(
    "has an epoch of its own, which stays whatever is committed, and says its end also to who claims to have seen more",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const { epoch } = await queries.feedEnd();
      expect(epoch).toMatch(/^[0-9A-Z]{26}$/);
      await ask(create("tea", 10));
      await shop.feed();
      expect([await queries.feedEnd(), await queries.feedEnd(1), await queries.feedEnd(7)]).toEqual(
        Array.from({ length: 3 }, () => ({ epoch, position: 1 })),
      );
      await withShop(async (other) => {
        expect((await other.database.queries.feedEnd()).epoch).not.toBe(epoch);
      })();
    }),
  );

  test(
    "tells every commit once, in order and without a gap, page by page",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      expect([await shop.feed(), (await queries.feedEnd()).position]).toEqual([[], 0]);
      await ask(create("tea", 10), create("cup", 10));
      await ask(place("o1", { tea: 1 }), place("o2", { cup: 1, tea: 1 }));
      await shop.ask(place("o3", { tea: 99 }));
      await ask(confirm("o1"));
      await ask(confirm("o1"), cancel("o2"));
      const feed = await shop.feed();
      expect(feed.map(({ position, records }) => [position, ...records.map(({ type }) => type)])).toEqual([
        [1, "ProductCreated", "StockAdjusted", "ProductCreated", "StockAdjusted"],
        [2, "OrderPlaced", "OrderPlaced"],
        [3, "OrderConfirmed"],
        [4, "OrderCancelled"],
      ]);
      expect((await queries.feedEnd()).position).toBe(4);
      const pages = [await queries.feed({ limit: 3 }), await queries.feed({ limit: 3, after: 3 })];
      expect(pages).toEqual([feed.slice(0, 3), feed.slice(3)]);
      expect(await queries.feed({ limit: 3, after: 4 })).toEqual([]);
    }),
  );

  test(
    "tells what the journal tells, and nothing internal beside it",
    withShop(async (shop, ask) => {
      await ask(create("tea", 10));
      await ask(place("o1", { tea: 1 }));
      const [newest, oldest] = await shop.database.queries.journal("tea" as never, { limit: 10 });
      expect(await shop.feed()).toEqual([
        { ...oldest, position: 1 },
        { ...newest, position: 2 },
      ]);
    }),
  );

  test(
    "keeps the place of what it has told while more is committed",
    withShop(async (shop, ask) => {
      await ask(create("tea", 500));
      let read = await shop.feed();
      for (let round = 0; round < 4; round += 1) {
        const names = Array.from({ length: 10 }, (_, n) => `o${round}-${n}`);
        await Promise.all(names.map((name) => ask(place(name, { tea: 1 }))));
        const feed = await shop.feed();
        expect(feed.slice(0, read.length)).toEqual(read);
        read = feed;
      }
      expect(read.map(({ position }) => position)).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
      expect(new Set(read.map(({ id }) => id)).size).toBe(41);
      // Each commit moved the level on from where the one before it had left it.
      expect(read.flatMap(({ levelsBefore }) => levelsBefore.map(({ version }) => version))).toEqual(
        Array.from({ length: 41 }, (_, n) => n),
      );
    }),
  );
}
