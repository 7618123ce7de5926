import type { Queries } from "@holdfast/engine";
import { settled, settlingTimers } from "@holdfast/testing";
import { expect, test, vi } from "vitest";
import { TestApi, testEpoch } from "../test-api.ts";
import { StreamReader } from "./stream-reader.ts";
import { read, readersOf, waitingShop } from "./test-feed.ts";

test("streams what the list has, and what happens after it", async () => {
  const { api, timers } = waitingShop();
  await api.createProduct();
  const response = await api.get("/v1/events/stream");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = new StreamReader(response);
  const first = await reader.events(2);
  await api.placeOrder();
  const more = reader.events(1);
  await timers.pass(200);
  const events = [...first, ...(await more)];
  const { data, nextCursor } = await read(api);
  expect(events.map(({ event }) => event)).toEqual(data);
  expect(events.at(-1)?.id).toBe(nextCursor);
  await reader.leave();
});

test("goes on behind the last event that a reader has had", async () => {
  const { api } = waitingShop();
  await api.createProduct();
  await api.placeOrder();
  const all = await new StreamReader(await api.get("/v1/events/stream")).events(3);
  for (const [index, { id }] of all.slice(0, -1).entries()) {
    const left = all.slice(index + 1);
    const again = new StreamReader(await api.get("/v1/events/stream?cursor=none", { "last-event-id": id }));
    expect(await again.events(left.length)).toEqual(left);
    const asked = new StreamReader(await api.get(`/v1/events/stream?cursor=${id}`));
    expect(await asked.events(left.length)).toEqual(left);
  }
});

test("says now and then that it is still there", async () => {
  const { api, timers } = waitingShop();
  const reader = new StreamReader(await api.get("/v1/events/stream"));
  const beats = [reader.next(), reader.next()];
  await timers.pass(30_000);
  expect(await Promise.all(beats)).toEqual([": still here", ": still here"]);
  await reader.leave();
});

test("ends when the process has to stop, also where the reader does not read", async () => {
  const { api, timers, stop } = waitingShop();
  await api.createProduct();
  const [reading, idle] = [await api.get("/v1/events/stream"), await api.get("/v1/events/stream")];
  const reader = new StreamReader(reading);
  await reader.events(2);
  const end = reader.next();
  await timers.pass(100);
  stop.abort();
  expect(await end).toBeUndefined();
  expect((await idle.text()).split("data:").length).toBeLessThanOrEqual(3);
  await timers.pass(1_000);
  expect(timers.waiting).toBe(0);
});

/** A shop whose feed never ends, and that counts how often it is read. */
function countedShop() {
  const timers = settlingTimers();
  const counted = { reads: 0 };
  const { queries } = new TestApi().database;
  const feed: Queries["feed"] = async ({ after = 0, limit }) => {
    counted.reads += 1;
    return endless(after + 1, limit);
  };
  const feedEnd: Queries["feedEnd"] = async () => ({ epoch: testEpoch, position: Number.MAX_SAFE_INTEGER });
  const api = new TestApi({ after: (ms, call) => timers.after(ms, call), queries: { ...queries, feed, feedEnd } });
  return { api, counted, timers };
}

/** A feed that never ends. */
function endless(position: number, limit: number): Awaited<ReturnType<Queries["feed"]>> {
  const record = { type: "ProductCreated", actor: "tester", sku: "tea" } as never;
  return Array.from({ length: limit }, (_, n) => {
    return { id: "", at: 0 as never, records: [record], levelsBefore: [], position: position + n };
  });
}

test("reads no more than a page ahead of a reader who is slow, and nothing for one who has left", async () => {
  const { api, counted, timers } = countedShop();
  const reader = new StreamReader(await api.get("/v1/events/stream"));
  await reader.events(3);
  await timers.pass(2_000);
  const before = counted.reads;
  await timers.pass(2_000);
  expect(counted.reads).toBe(before);
  const many = reader.events(1_000);
  await timers.pass(1_000);
  expect((await many).map(({ event }) => event)).toMatchObject(
    Array.from({ length: 1_000 }, (_, n) => ({ position: n + 4 })),
  );
  expect(counted.reads).toBeGreaterThan(before);
  await reader.leave();
  await settled();
  const left = counted.reads;
  await timers.pass(60_000);
  expect([counted.reads, timers.waiting]).toEqual([left, 0]);
});

test("ends the stream of a reader who takes nothing for half a minute", async () => {
  const { api, timers } = countedShop();
  const response = await api.get("/v1/events/stream");
  await timers.pass(29_000);
  expect(await readersOf(api)).toEqual({ stream: 1, poll: 0 });
  await timers.pass(1_000);
  expect(await readersOf(api)).toEqual({ stream: 0, poll: 0 });
  await expect(response.text()).rejects.toThrow("did not take");
  expect(timers.waiting).toBe(0);
});

test("reads what happens once for all who read, and makes it once", async () => {
  const { api, timers } = waitingShop();
  await api.createProduct();
  const feed = vi.spyOn(api.database.queries, "feed");
  const readers = await Promise.all(
    Array.from({ length: 50 }, async () => new StreamReader(await api.get("/v1/events/stream"))),
  );
  await Promise.all(readers.map((reader) => reader.events(2)));
  expect(feed).toHaveBeenCalledTimes(1);
  const more = Promise.all(readers.map((reader) => reader.events(1)));
  await api.placeOrder();
  await timers.pass(200);
  expect(new Set((await more).map((events) => JSON.stringify(events))).size).toBe(1);
  expect(feed).toHaveBeenCalledTimes(2);
  await Promise.all(readers.map((reader) => reader.leave()));
});
