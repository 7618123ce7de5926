import { Unavailable } from "@holdfast/engine";
import { settled } from "@holdfast/testing";
import { expect, test, vi } from "vitest";
import { read, waitingShop } from "./test-feed.ts";

/** The answer so far. */
function watched<Value>(promise: Promise<Value>): { answer: Value | undefined } {
  const seen: { answer: Value | undefined } = { answer: undefined };
  void promise.then((value) => {
    seen.answer = value;
  });
  return seen;
}

test("waits for an event where it is asked to, and answers it soon", async () => {
  const { api, timers } = waitingShop();
  const seen = [watched(read(api, "?waitSeconds=30")), watched(read(api, "?waitSeconds=30"))];
  await timers.pass(10_000);
  expect(seen.map(({ answer }) => answer)).toEqual([undefined, undefined]);
  await api.createProduct({ totalStock: 0 });
  await timers.pass(200);
  expect(seen.map(({ answer }) => answer?.data.length)).toEqual([1, 1]);
  expect(timers.waiting).toBe(0);
});

test("waits no longer than it was asked to, and not at all where there is something", async () => {
  const { api, timers } = waitingShop();
  const seen = watched(read(api, "?waitSeconds=7"));
  await timers.pass(6_999);
  expect(seen.answer).toBeUndefined();
  await timers.pass(1);
  expect(seen.answer?.data).toEqual([]);
  await api.createProduct({ totalStock: 0 });
  expect((await read(api, "?waitSeconds=7")).data).toHaveLength(1);
  expect((await read(api, `?cursor=${seen.answer?.nextCursor}&waitSeconds=7`)).data).toHaveLength(1);
});

test("answers waiting readers when the process has to stop", async () => {
  const { api, timers, stop } = waitingShop();
  const seen = watched(read(api, "?waitSeconds=30"));
  await timers.pass(0);
  stop.abort();
  await settled();
  expect(seen.answer?.data).toEqual([]);
});

test("reads what happens once for all who wait at one place", async () => {
  const { api, timers } = waitingShop();
  const seen = Array.from({ length: 50 }, () => watched(read(api, "?waitSeconds=30")));
  await timers.pass(1_000);
  await api.createProduct();
  const feed = vi.spyOn(api.database.queries, "feed");
  await timers.pass(200);
  expect(seen.map(({ answer }) => answer?.data.length)).toEqual(seen.map(() => 2));
  expect(feed).toHaveBeenCalledTimes(1);
});

test("asks the database for nothing more when a caller who waits has gone", async () => {
  const { api, timers } = waitingShop();
  const left = new AbortController();
  const answer = api.app.request("/v1/events?waitSeconds=30", { signal: left.signal });
  await timers.pass(1_000);
  const [feed, end] = [vi.spyOn(api.database.queries, "feed"), vi.spyOn(api.database.queries, "feedEnd")];
  left.abort();
  await answer;
  await timers.pass(30_000);
  expect([feed.mock.calls, end.mock.calls, timers.waiting]).toEqual([[], [], 0]);
});

test("while the feed's end cannot be asked for, it logs that once, and those who wait hear of it five seconds after at most", async () => {
  const { api, timers } = waitingShop();
  const { queries } = api.database;
  const { feedEnd } = queries;
  const seen = watched(read(api, "?waitSeconds=30"));
  await timers.pass(1_000);
  queries.feedEnd = async () => {
    throw new Unavailable("the database is away");
  };
  await api.createProduct();
  await timers.pass(9_000);
  expect(seen.answer).toBeUndefined();
  expect(api.log.filter((line) => line.includes("feed_fan failed"))).toHaveLength(1);
  queries.feedEnd = feedEnd;
  await timers.pass(5_000);
  expect(seen.answer?.data).toHaveLength(2);
  expect(timers.waiting).toBe(0);
});
