import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiClient } from "./api-client.ts";
import { LiveData, pollDelay } from "./live-data.ts";
import { ServerClock } from "./server-clock.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bodies: Readonly<Record<string, object>> = {
  "/readyz": { status: "ok", checks: {} },
  "/v1/reconciliation?levelsOnly=true": { ok: true, levelsChecked: 0, drift: [], unreadable: [] },
};

/** Live data from a server that always answers with this status, or does not answer. */
function liveBehind(server: { status: number | "away" }, key?: string) {
  const asked: string[] = [];
  const fetch = async (path: string) => {
    asked.push(path);
    if (server.status === "away") throw new TypeError("Failed to fetch");
    const body = server.status === 200 ? (bodies[path] ?? { data: [], nextCursor: null }) : { title: "A problem." };
    return Response.json(body, { status: server.status });
  };
  const clock = new ServerClock();
  const live = new LiveData(new ApiClient({ fetch, clock, key: () => key }), clock);
  return { live, rounds: () => asked.filter((path) => path === "/v1/products?limit=200").length, asked };
}

test("reads once a second, and the books every ten", async () => {
  const { live, rounds, asked } = liveBehind({ status: 200 });
  live.resume();
  await vi.advanceTimersByTimeAsync(9_500);
  expect(rounds()).toBe(10);
  expect(live.state.connection.kind).toBe("live");
  expect(live.state.books.found?.ok).toBe(true);
  expect(asked.filter((path) => path === "/v1/reconciliation?levelsOnly=true")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.filter((path) => path === "/v1/reconciliation?levelsOnly=true")).toHaveLength(2);
});

test("does not poll while the page is hidden", async () => {
  const { live, rounds } = liveBehind({ status: 200 });
  live.resume();
  await vi.advanceTimersByTimeAsync(1_500);
  live.pause();
  const before = rounds();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rounds()).toBe(before);
  live.resume();
  await vi.advanceTimersByTimeAsync(0);
  expect(rounds()).toBe(before + 1);
});

test.each([
  ["does not answer", "away", "The server does not answer."],
  ["answers that it cannot", 503, "A problem."],
] as const)("asks less often a server that %s, keeps the last picture, and recovers", async (_case, status, reason) => {
  const server: { status: number | "away" } = { status: 200 };
  const { live, rounds } = liveBehind(server);
  live.resume();
  await vi.advanceTimersByTimeAsync(0);
  server.status = status;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(live.state.connection).toMatchObject({ kind: "away", reason });
  expect(live.state.picture).toBeDefined();
  const before = rounds();
  await vi.advanceTimersByTimeAsync(60_000); // after 1, 2, 4, 8, then every 10 seconds
  expect(rounds() - before).toBe(8);
  server.status = 200;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(live.state.connection.kind).toBe("live");
  const recovered = rounds();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(rounds() - recovered).toBeGreaterThanOrEqual(3);
});

test("stops at a 401 until it is refreshed", async () => {
  const server: { status: number | "away" } = { status: 401 };
  const { live, rounds } = liveBehind(server);
  live.resume();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(live.state.connection).toEqual({ kind: "locked", refused: undefined });
  expect(rounds()).toBe(1);
  server.status = 200;
  await live.refresh();
  expect(live.state.connection.kind).toBe("live");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(rounds()).toBe(4);
});

test.each([
  [401, "The server does not accept this key."],
  [403, "This page reads stock, orders and reservations: its key needs catalogue:read and orders:read."],
])("stops at a %i, and says what is wrong with the key", async (status, refused) => {
  const { live, rounds } = liveBehind({ status }, "hf_of-someone");
  live.resume();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(live.state.connection).toEqual({ kind: "locked", refused });
  expect(rounds()).toBe(1);
});

test.each([
  ["when all is well", 0, 1_000],
  ["after the first failure", 1, 1_000],
  ["after the second", 2, 2_000],
  ["after the fourth", 4, 8_000],
  ["after the fifth: no further", 5, 10_000],
  ["after a night", 5_000, 10_000],
])("waits %s", (_case, failures, ms) => {
  expect(pollDelay(failures)).toBe(ms);
});
