import type { Command, CommandOf, Instant } from "@holdfast/domain";
import { Unavailable } from "@holdfast/engine";
import { cancel, confirm, expire, orderId, RecordedLogger, VirtualTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { DueItem } from "./due-kind.ts";
import { dueSweep } from "./due-sweep.ts";
import { submitTo, sweptShop } from "./swept-shop.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

test("asks for nothing where nothing is due, and rests until the next round at most", async () => {
  const { shop, sweep, commits } = await sweptShop(() => ({ intervalMs: 30_000 }));
  await shop.hold(31, "a");
  expect(await sweep()).toEqual({ handled: 0, lateMsMax: 0, restMs: 30_000 });
  await shop.time.pass(2_000);
  expect(await sweep()).toEqual({ handled: 0, lateMsMax: 0, restMs: 29_000 });
  expect(commits()).toBe(0);
});

test("leaves orders alone that have ended otherwise, also in between", async () => {
  const { shop, sweep } = await sweptShop();
  await shop.hold(1, "paid", "cancelled", "left");
  await shop.ask(confirm("paid"), cancel("cancelled"));
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ handled: 1, lateMsMax: 4_000 });
  expect(await Promise.all(["paid", "cancelled", "left"].map((name) => shop.status(name)))).toEqual([
    "CONFIRMED",
    "CANCELLED",
    "EXPIRED",
  ]);
});

test("sees to 2,500 due items in three commits, the longest overdue first", async () => {
  const limits: number[] = [];
  const { shop, sweep, commits } = await sweptShop(({ database }) => ({
    pageSize: 1_000,
    queries: {
      ...database.queries,
      dueReservations: async (now, limit) => {
        limits.push(limit);
        return await database.queries.dueReservations(now, limit);
      },
    },
  }));
  await shop.hold(3, ...names(2_500));
  await shop.time.pass(3_000);
  expect(await sweep()).toMatchObject({ handled: 2_500 });
  expect([commits(), limits]).toEqual([3, [1_000, 1_000, 1_000, 1_000]]);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  expect(await shop.books.drift()).toEqual([]);
});

test("the time that a sweep takes counts towards the next look and the next round", async () => {
  const { shop, sweep } = await sweptShop(({ database, time }) => ({
    queries: {
      ...database.queries,
      dueReservations: async (now, limit) => {
        time.spend(300);
        return await database.queries.dueReservations(now, limit);
      },
    },
  }));
  expect(await sweep()).toMatchObject({ restMs: 4_700 });
  await shop.hold(2, "a");
  expect(await sweep()).toMatchObject({ restMs: 1_700 });
});

test("rests for a moment after each sweep, so that what falls due close together shares one", async () => {
  const { shop, sweep } = await sweptShop(({ database, time }) => ({
    intervalMs: 100,
    queries: {
      ...database.queries,
      dueReservations: async (now, limit) => {
        time.spend(3_000);
        return await database.queries.dueReservations(now, limit);
      },
    },
  }));
  await shop.hold(2, "a");
  expect(await sweep()).toMatchObject({ restMs: 20 });
});

test("leaves an item alone that is not to be touched yet, and looks again when it is", async () => {
  const time = new VirtualTimers();
  const now = time.instant();
  const item = (id: string, waitMs: number): DueItem => {
    return { id, dueAt: now, command: expire(id), notBefore: (now + waitMs) as Instant };
  };
  const asked: string[] = [];
  const kind = { name: "tea_time", due: async () => [item("a", 0), item("b", 900), item("c", 700)] };
  const job = dueSweep(
    { ...kind, next: async () => (now + 4_000) as Instant },
    {
      queries: { now: async () => now },
      submit: async (command) => {
        asked.push((command as CommandOf<"ExpireOrder">).orderId);
        return { ok: true, value: undefined };
      },
      logger: new RecordedLogger(),
      timers: time,
    },
  );
  expect(await job.work(new AbortController().signal)).toEqual({ handled: 1, lateMsMax: 0, restMs: 700 });
  expect(asked).toEqual([orderId("a")]);
});

test("a page full of items that cannot be seen to does not hide those behind it", async () => {
  const broken = new Set<Command>();
  const asked: Command[] = [];
  const { shop, sweep } = await sweptShop((shop) => {
    const submit = submitTo(shop, (transaction) => shop.database.store.transact(transaction));
    return {
      pageSize: 1_000,
      submit: async (command) => {
        asked.push(command);
        if (asked.length <= 1_200) broken.add(command);
        if (broken.has(command)) throw new Error("a rule has a bug");
        return await submit(command);
      },
    };
  });
  await shop.hold(1, ...names(1_200));
  await shop.time.pass(1_000);
  await shop.hold(1, "behind");
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ handled: 1 });
  expect([asked.length, await shop.status("behind")]).toEqual([1_201, "EXPIRED"]);
  // One line, not one for each item at each sweep.
  expect(shop.logger.lines).toEqual(["reservation_expiry: some of what is due could not be seen to"]);
});

test("a store that goes away fails the sweep after the page under way; what was seen to stays so", async () => {
  let commits = 0;
  const { shop, sweep } = await sweptShop((shop) => ({
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
  // The loop logs a line for the sweep, and not for each item.
  expect(shop.logger.lines).toEqual([]);
});

test("stops between two commits when the process is to end", async () => {
  const stop = new AbortController();
  const { shop, sweep } = await sweptShop((shop) => ({
    submit: submitTo(shop, async (transaction) => {
      stop.abort();
      return await shop.database.store.transact(transaction);
    }),
  }));
  await shop.hold(1, ...names(3_000));
  await shop.time.pass(1_000);
  expect(await sweep(stop.signal)).toMatchObject({ handled: 1_000 });
  expect(await shop.books.stock("mug")).toBe("1000000/2000/0/998000");
});

test("two sweeps at once see to every item once", async () => {
  const { shop, sweep } = await sweptShop();
  await shop.hold(1, ...names(300));
  await shop.time.pass(1_000);
  await Promise.all([sweep(), sweep()]);
  expect(await shop.books.stock("mug")).toBe("1000000/0/0/1000000");
  expect(await shop.books.drift()).toEqual([]);
});

test("goes on past a record that cannot be read, and logs that one once", async () => {
  const { shop, sweep } = await sweptShop(() => ({ pageSize: 2 }));
  await shop.hold(1, "a", "broken", "c", "d", "e");
  await shop.database.corrupt("order", orderId("broken"), { lines: "mugs" });
  await shop.time.pass(5_000);
  expect(await sweep()).toMatchObject({ handled: 4 });
  expect(await sweep()).toMatchObject({ handled: 0 });
  expect(await Promise.all(["a", "c", "d", "e"].map((name) => shop.status(name)))).toEqual(Array(4).fill("EXPIRED"));
  expect(shop.logger.lines).toEqual(["a record cannot be read"]);
});

test("reports each sweep that has ended something", async () => {
  const reports: unknown[] = [];
  const { shop, sweep } = await sweptShop(() => ({ observe: (report) => reports.push(report) }));
  await sweep();
  await shop.hold(1, "a");
  await shop.hold(2, "b");
  await shop.time.pass(3_000);
  await sweep();
  expect(reports).toEqual([{ handled: 2, lateMsMax: 2_000, restMs: 5_000 }]);
});
