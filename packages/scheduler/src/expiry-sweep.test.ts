import type { ExpireOrder } from "@holdfast/domain";
import { Engine, type Store, Unavailable } from "@holdfast/engine";
import { cancel, confirm, orderId } from "@holdfast/store-contract";
import { expect, test } from "vitest";
import { expirySweep, type Sweep, type SweepParts } from "./expiry-sweep.ts";
import { TestShop } from "./test-shop.ts";

interface Tested {
  readonly shop: TestShop;
  readonly sweep: Sweep;
  /** Commits so far that the sweep caused. */
  readonly commits: () => number;
}

async function setUp(changed: (shop: TestShop) => Partial<SweepParts> = () => ({})): Promise<Tested> {
  const shop = await new TestShop().open();
  let commits = 0;
  const submit = submitTo(shop, async (transaction) => {
    commits += 1;
    return await shop.database.store.transact(transaction);
  });
  const { time: timers, cache, logger } = shop;
  const sweep = expirySweep({ queries: shop.database.queries, submit, cache, logger, timers, ...changed(shop) });
  return { shop, sweep, commits: () => commits };
}

/** The way of a command through an engine of its own to a store that may do as it likes. */
function submitTo(shop: TestShop, transact: Store["transact"]): SweepParts["submit"] {
  const engine = new Engine({ store: { transact }, newBatchId: shop.newBatchId });
  return (command) => engine.submit(command);
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

test("releases a hold from its very instant on, and not a millisecond before", async () => {
  const { shop, sweep } = await setUp();
  await shop.hold(2, "a");
  await shop.time.pass(1_999);
  expect(await sweep()).toEqual({ released: 0, lateMsMax: 0, lookAgainMs: 1 });
  expect(await shop.status("a")).toBe("PENDING_PAYMENT");
  await shop.time.pass(1);
  expect(await sweep()).toEqual({ released: 1, lateMsMax: 0, lookAgainMs: undefined });
  expect(await shop.status("a")).toBe("EXPIRED");
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
});

test("asks for nothing where nothing is due, and looks ahead as far as to the next round", async () => {
  const { shop, sweep, commits } = await setUp(() => ({ horizonMs: 30_000 }));
  await shop.hold(31, "a");
  expect(await sweep()).toEqual({ released: 0, lateMsMax: 0, lookAgainMs: undefined });
  await shop.time.pass(1_000);
  expect(await sweep()).toEqual({ released: 0, lateMsMax: 0, lookAgainMs: 30_000 });
  expect(commits()).toBe(0);
});

test("leaves orders alone that have ended otherwise, also in between", async () => {
  const { shop, sweep } = await setUp();
  await shop.hold(1, "paid", "cancelled", "left");
  await shop.ask(confirm("paid"), cancel("cancelled"));
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ released: 1, lateMsMax: 4_000 });
  expect(await Promise.all(["paid", "cancelled", "left"].map((name) => shop.status(name)))).toEqual([
    "CONFIRMED",
    "CANCELLED",
    "EXPIRED",
  ]);
});

test("releases 2,500 due holds in three commits, the longest overdue first", async () => {
  const { shop, sweep, commits } = await setUp();
  await shop.hold(3, ...names(2_500));
  await shop.time.pass(3_000);
  expect(await sweep()).toMatchObject({ released: 2_500 });
  expect(commits()).toBe(3);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  expect(await shop.books.drift()).toEqual([]);
});

test("a hold that the cache still shows alive is left until the grace ends, and then released all the same", async () => {
  const { shop, sweep } = await setUp();
  await shop.hold(2, "alive", "gone");
  shop.cache.show("alive");
  await shop.time.pass(2_100);
  expect(await sweep()).toMatchObject({ released: 1, lookAgainMs: 50 });
  expect(await shop.status("alive")).toBe("PENDING_PAYMENT");
  await shop.time.pass(399);
  expect(await sweep()).toMatchObject({ released: 0, lookAgainMs: 1 });
  await shop.time.pass(1);
  expect(await sweep()).toMatchObject({ released: 1 });
  expect(await shop.status("alive")).toBe("EXPIRED");
});

test("thousands that the cache shows alive cost one page, and are all released once the grace ends", async () => {
  let pages = 0;
  const { shop, sweep } = await setUp(({ database }) => ({
    queries: {
      ...database.queries,
      dueHolds: async (now, limit) => {
        pages += 1;
        return await database.queries.dueHolds(now, limit);
      },
    },
  }));
  for (const name of await shop.hold(2, ...names(2_500))) shop.cache.show(name);
  await shop.time.pass(2_000);
  expect(await sweep()).toMatchObject({ released: 0, lookAgainMs: 50 });
  expect(pages).toBe(1);
  await shop.time.pass(500);
  expect(await sweep()).toMatchObject({ released: 2_500 });
});

test("the time that a sweep takes counts towards the next look", async () => {
  const { shop, sweep } = await setUp(({ database, time }) => ({
    queries: {
      ...database.queries,
      dueHolds: async (now, limit) => {
        time.spend(300);
        return await database.queries.dueHolds(now, limit);
      },
    },
  }));
  await shop.hold(2, "a");
  expect(await sweep()).toMatchObject({ lookAgainMs: 1_700 });
});

test("a page full of holds that cannot be released does not hide those behind it", async () => {
  const broken = new Set(names(1_200).map(orderId));
  const asked: ExpireOrder[] = [];
  const { shop, sweep } = await setUp((shop) => {
    const submit = submitTo(shop, (transaction) => shop.database.store.transact(transaction));
    return {
      submit: async (command) => {
        asked.push(command);
        if (broken.has(command.orderId)) throw new Error("a rule has a bug");
        return await submit(command);
      },
    };
  });
  await shop.hold(1, ...names(1_200));
  await shop.time.pass(1_000);
  await shop.hold(1, "behind");
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ released: 1 });
  expect(asked).toHaveLength(1_201);
  // Once, and not a line for each hold at each sweep.
  expect(shop.logger.lines).toEqual(["due holds could not be released"]);
});

test("a store that goes away fails the sweep after the page under way; what was released stays so", async () => {
  let commits = 0;
  const { shop, sweep } = await setUp((shop) => ({
    submit: submitTo(shop, async (transaction) => {
      commits += 1;
      if (commits === 1) return await shop.database.store.transact(transaction);
      return { kind: "not_committed", transient: true, cause: new Error("no primary") };
    }),
  }));
  await shop.hold(1, ...names(3_000));
  await shop.time.pass(1_000);
  await expect(sweep()).rejects.toThrow(Unavailable);
  expect(commits).toBe(2);
  expect(await shop.books.stock("mug")).toBe("1000000/2000/0/998000");
  // One line for the sweep is its caller's affair; a thousand lines are nobody's.
  expect(shop.logger.lines).toEqual([]);
});

test("stops between two commits when told to", async () => {
  const stop = new AbortController();
  const { shop, sweep } = await setUp((shop) => ({
    submit: submitTo(shop, async (transaction) => {
      stop.abort();
      return await shop.database.store.transact(transaction);
    }),
  }));
  await shop.hold(1, ...names(3_000));
  await shop.time.pass(1_000);
  expect(await sweep(stop.signal)).toMatchObject({ released: 1_000 });
  expect(await shop.books.stock("mug")).toBe("1000000/2000/0/998000");
});

test("two sweeps at once release every hold once", async () => {
  const { shop, sweep } = await setUp();
  const other = expirySweep({
    queries: shop.database.queries,
    submit: submitTo(shop, (transaction) => shop.database.store.transact(transaction)),
    cache: shop.cache,
    logger: shop.logger,
    timers: shop.time,
  });
  await shop.hold(1, ...names(300));
  await shop.time.pass(1_000);
  await Promise.all([sweep(), other()]);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  expect(await shop.books.drift()).toEqual([]);
});

test("releases all other holds past an order that cannot be read, and tells of that one once", async () => {
  const { shop, sweep } = await setUp(() => ({ pageSize: 2 }));
  await shop.hold(1, "a", "broken", "c", "d", "e");
  await shop.database.spoil("order", orderId("broken"), { lines: "mugs" });
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ released: 4 });
  expect(await sweep()).toMatchObject({ released: 0 });
  expect(await Promise.all(["a", "c", "d", "e"].map((name) => shop.status(name)))).toEqual(Array(4).fill("EXPIRED"));
  expect(shop.logger.lines).toEqual(["a record cannot be read"]);
});
