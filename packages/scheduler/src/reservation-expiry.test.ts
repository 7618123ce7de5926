import { type ReservationId, reservationIdOf } from "@holdfast/domain";
import { orderId, TimedShop } from "@holdfast/testing";
import { expect, test } from "vitest";
import { reservationExpiry } from "./reservation-expiry.ts";
import { sweptShop } from "./swept-shop.ts";

test("releases a reservation from its very instant on, and not a millisecond before", async () => {
  const { shop, sweep } = await sweptShop();
  await shop.hold(2, "a");
  await shop.time.pass(1_999);
  expect(await sweep()).toEqual({ handled: 0, lateMsMax: 0, restMs: 20 });
  expect(await shop.status("a")).toBe("PENDING_PAYMENT");
  await shop.time.pass(1);
  expect(await sweep()).toEqual({ handled: 1, lateMsMax: 0, restMs: 5_000 });
  expect(await shop.status("a")).toBe("EXPIRED");
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
});

test("one that the cache still shows alive is left until the grace ends, and then released all the same", async () => {
  const { shop, sweep } = await sweptShop();
  await shop.hold(2, "alive", "gone");
  shop.cache.show("alive");
  await shop.time.pass(2_100);
  expect(await sweep()).toMatchObject({ handled: 1, restMs: 50 });
  expect(await shop.status("alive")).toBe("PENDING_PAYMENT");
  await shop.time.pass(370);
  expect(await sweep()).toMatchObject({ handled: 0, restMs: 30 });
  await shop.time.pass(30);
  expect(await sweep()).toMatchObject({ handled: 1 });
  expect(await shop.status("alive")).toBe("EXPIRED");
});

test("thousands that the cache shows alive cost one page, and are all released once the grace ends", async () => {
  let pages = 0;
  const { shop, sweep } = await sweptShop(({ database }) => ({
    queries: {
      ...database.queries,
      dueReservations: async (now, limit) => {
        pages += 1;
        return await database.queries.dueReservations(now, limit);
      },
    },
  }));
  for (const name of await shop.hold(2, ...Array.from({ length: 2_500 }, (_, n) => `n${n}`))) shop.cache.show(name);
  await shop.time.pass(2_000);
  expect(await sweep()).toMatchObject({ handled: 0, restMs: 50 });
  expect(pages).toBe(1);
  await shop.time.pass(500);
  expect(await sweep()).toMatchObject({ handled: 2_500 });
});

test("asks the cache only about what has only just run out", async () => {
  const shop = await new TimedShop().open();
  await shop.hold(1, "old");
  await shop.hold(2, "recent");
  await shop.time.pass(2_100);
  const asked: ReservationId[] = [];
  const cache = {
    alive: async (ids: readonly ReservationId[]) => {
      asked.push(...ids);
      return new Set(ids);
    },
  };
  const due = await reservationExpiry(shop.database.queries, cache).due(shop.time.instant(), 10);
  expect(due.map(({ id, notBefore }) => [id, notBefore !== undefined])).toEqual([
    [orderId("old"), false],
    [orderId("recent"), true],
  ]);
  expect(asked).toEqual([reservationIdOf(orderId("recent"), 1)]);
});
