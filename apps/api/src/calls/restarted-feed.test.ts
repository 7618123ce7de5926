import type { FeedEpoch } from "@holdfast/engine";
import { encodeCursor } from "@holdfast/http-contract";
import { openMemory } from "@holdfast/memory-store";
import { settled } from "@holdfast/testing";
import { describe, expect, test } from "vitest";
import { problemOf, TestApi, testEpoch } from "../test-api.ts";
import { read, waitingShop } from "./test-feed.ts";

const otherEpoch = "01K9ZK3S6Q8W5V2N4M7R1T0YXC" as FeedEpoch;

/** A shop with two events: a product, and its stock. */
async function smallShop(): Promise<TestApi> {
  const api = new TestApi();
  await api.createProduct();
  return api;
}

/** Every way to ask for the feed from behind a cursor on. */
const ways: readonly (readonly [string, (api: TestApi, cursor: string) => Promise<Response>])[] = [
  ["a list", (api, cursor) => api.get(`/v1/events?cursor=${cursor}`)],
  ["a long poll", (api, cursor) => api.get(`/v1/events?waitSeconds=30&cursor=${cursor}`)],
  ["a stream", (api, cursor) => api.get(`/v1/events/stream?cursor=${cursor}`)],
  ["a stream that goes on", (api, cursor) => api.get("/v1/events/stream", { "last-event-id": cursor })],
];

describe.each(ways)("%s", (_way, ask) => {
  test.each([
    ["of another epoch", [otherEpoch, 1, 0]],
    ["of another epoch that would be its end", [otherEpoch, 2, 0]],
    ["behind more commits than there are", [testEpoch, 3, 0]],
    ["behind an event of a commit that has not been", [testEpoch, 2, 1]],
    ["far in the future", [testEpoch, Number.MAX_SAFE_INTEGER, 0]],
  ])("refuses a cursor %s at once, and says where to begin", async (_what, place) => {
    const api = await smallShop();
    const answer = await ask(api, encodeCursor(["event", ...place]));
    const { nextCursor } = (await answer.clone().json()) as { nextCursor: string };
    expect(await problemOf(answer)).toBe("410 feed_restarted");
    expect((await read(api, `?cursor=${nextCursor}`)).data).toEqual((await read(api)).data);
  });
});

test.each([
  ["the start", [1, 0], 2],
  ["between two events of a commit", [1, 1], 1],
  ["an event that a commit has not", [1, 7], 0],
  ["the end", [2, 0], 0],
])("goes on from %s", async (_what, place, events) => {
  const { data } = await read(await smallShop(), `?cursor=${encodeCursor(["event", testEpoch, ...place])}`);
  expect(data).toHaveLength(events);
});

/** A shop whose database is replaced while it runs. */
function replacedShop() {
  const first = openMemory();
  const second = openMemory();
  const now = { database: first };
  const shop = waitingShop({ ...first.queries, feedEnd: (seen) => now.database.queries.feedEnd(seen) });
  return { ...shop, replace: () => Object.assign(now, { database: second }) };
}

test("answers a long poll when the database is restored meanwhile", async () => {
  const { api, timers, replace } = replacedShop();
  const answer = api.get("/v1/events?waitSeconds=30");
  await timers.pass(1_000);
  replace();
  await timers.pass(200);
  expect(await problemOf(await answer)).toBe("410 feed_restarted");
  expect(timers.waiting).toBe(0);
});

test("ends a stream when the database is restored meanwhile", async () => {
  const { api, timers, replace } = replacedShop();
  const text = (await api.get("/v1/events/stream")).text();
  await timers.pass(1_000);
  replace();
  await timers.pass(200);
  await settled();
  expect(await text).toBe("");
});
