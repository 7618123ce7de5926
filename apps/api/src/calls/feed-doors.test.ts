import type { Actor } from "@holdfast/domain";
import { settled, settlingTimers } from "@holdfast/testing";
import { describe, expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";
import { StreamReader } from "./stream-reader.ts";
import { readersOf } from "./test-feed.ts";

const ownerKey = "secret-of-the-owner";
const owner = bearer(ownerKey);
const end = 'event: end\ndata: {"code":"unauthorized","title":"The API key no longer opens this stream."}';

function bearer(key: unknown) {
  return { authorization: `Bearer ${key}` };
}

/** A shop whose time the test moves, also for the age of its keys. */
function shop({ keyless = false, feedReadersPerKeyMax = 100 } = {}) {
  const timers = settlingTimers();
  const apiKeys = new Map(keyless ? [] : [[ownerKey, "owner" as Actor]]);
  const api = new TestApi({
    after: (ms, call) => timers.after(ms, call),
    clock: { now: () => timers.now() },
    settings: { apiKeys, feedReadersPerKeyMax },
  });
  const makeKey = (headers: Record<string, string> = owner) =>
    answered(201, api.post("/v1/api-keys", { name: "relay", scopes: ["orders:read"] }, headers));
  return { api, timers, makeKey };
}

/** Revokes a key here, or as another process would. */
const ways = {
  "by this process": async ({ api }: ReturnType<typeof shop>, id: unknown) => {
    await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  },
  "by another one": async ({ api }: ReturnType<typeof shop>, id: unknown) => {
    await api.database.apiKeys.revoke(id as never, 2 as never);
  },
} as const;

describe.each(Object.entries(ways))("a key that is revoked %s", (_by, revoke) => {
  test("has its streams ended within five seconds, and its waiting polls answered 401; others go on", async () => {
    const opened = shop();
    const { api, timers } = opened;
    const { id, key } = await opened.makeKey();
    const streams = [key, ownerKey].map(
      async (each) => new StreamReader(await api.get("/v1/events/stream", bearer(each))),
    );
    const [stream, other] = (await Promise.all(streams)) as [StreamReader, StreamReader];
    const last = stream.next();
    const goesOn = other.next();
    const poll = api.get("/v1/events?waitSeconds=30", bearer(key));
    await timers.pass(10_000);
    expect(await readersOf(api)).toEqual({ stream: 2, poll: 1 });
    await revoke(opened, id);
    await timers.pass(5_000);
    expect([await last, await stream.next()]).toEqual([end, undefined]);
    expect(await problemOf(await poll)).toBe("401 unauthorized");
    expect([await goesOn, await readersOf(api)]).toEqual([": still here", { stream: 1, poll: 0 }]);
    await other.leave();
  });

  test("gets none of what happens afterwards", async () => {
    const opened = shop();
    const { api, timers } = opened;
    const { id, key } = await opened.makeKey();
    const reader = new StreamReader(await api.get("/v1/events/stream", bearer(key)));
    const next = reader.next();
    await timers.pass(10_000);
    await revoke(opened, id);
    await timers.pass(5_000);
    await answered(
      201,
      api.post("/v1/products", { sku: "tea", name: "Tea", price: { amount: 1, currency: "EUR" } }, owner),
    );
    await timers.pass(5_000);
    expect([await next, await reader.next()]).toEqual([end, undefined]);
  });
});

test("a key that is revoked by this process gets nothing of what happens from then on", async () => {
  const opened = shop();
  const { api, timers } = opened;
  const { id, key } = await opened.makeKey();
  const reader = new StreamReader(await api.get("/v1/events/stream", bearer(key)));
  const next = reader.next();
  await timers.pass(10_050);
  await ways["by this process"](opened, id);
  const product = { sku: "tea", name: "Tea", price: { amount: 1, currency: "EUR" } };
  await answered(201, api.post("/v1/products", product, owner));
  await timers.pass(400); // a look at the feed, and none at the readers
  await timers.pass(600);
  expect([await next, await reader.next()]).toEqual([end, undefined]);
});

test("a stream of a reader who takes nothing ends, too, when its key is revoked", async () => {
  const opened = shop();
  const { id, key } = await opened.makeKey();
  const idle = await opened.api.get("/v1/events/stream", bearer(key));
  await ways["by this process"](opened, id);
  await opened.timers.pass(5_000);
  expect(await readersOf(opened.api)).toEqual({ stream: 0, poll: 0 });
  await expect(idle.text()).rejects.toThrow();
});

test("what was opened without a key ends when the first one is made", async () => {
  const { api, timers, makeKey } = shop({ keyless: true });
  const reader = new StreamReader(await api.get("/v1/events/stream"));
  const last = reader.next();
  const poll = api.get("/v1/events?waitSeconds=30");
  await timers.pass(3_000);
  await makeKey({});
  await timers.pass(5_000);
  expect([await last, await reader.next()]).toEqual([end, undefined]);
  expect(await problemOf(await poll)).toBe("401 unauthorized");
  expect(timers.waiting).toBe(0);
});

test("a HEAD is answered at once wherever a GET is, and leaves nothing behind", async () => {
  const { api, timers } = shop({ keyless: true });
  await api.createProduct();
  const order = await api.placeOrder();
  const paths = [
    "/v1/events/stream",
    "/v1/events?waitSeconds=30",
    `/v1/events?waitSeconds=30&cursor=${(await answered(200, api.get("/v1/events")))["nextCursor"]}`,
    "/v1/products",
    `/v1/orders/${order}`,
    "/v1/reconciliation",
    "/v1/stock-levels/tea/main/explain",
    "/metrics",
    "/readyz",
    "/docs",
  ];
  for (const path of paths) {
    const { status, body, headers } = await api.send("HEAD", path, undefined, {});
    expect([path, status, body]).toEqual([path, 200, null]);
    if (path.endsWith("stream")) expect(headers.get("content-type")).toBe("text/event-stream");
  }
  expect([await readersOf(api), timers.waiting]).toEqual([{ stream: 0, poll: 0 }, 0]);
});

test("a HEAD of a stream says what its GET would", async () => {
  const { api } = shop();
  expect((await api.send("HEAD", "/v1/events/stream", undefined, {})).status).toBe(401);
  expect((await api.send("HEAD", "/v1/events/stream?cursor=nonsense", undefined, owner)).status).toBe(400);
});

test("a key has as many readers as it may, streams and polls alike; others have room", async () => {
  const { api, timers, makeKey } = shop({ feedReadersPerKeyMax: 2 });
  const key = bearer((await makeKey())["key"]);
  const stream = new StreamReader(await api.get("/v1/events/stream", key));
  const left = new AbortController();
  const poll = api.app.request("/v1/events?waitSeconds=30", { headers: key, signal: left.signal });
  await settled();
  for (const path of ["/v1/events/stream", "/v1/events?waitSeconds=30"]) {
    const refused = await api.get(path, key);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await problemOf(refused)).toBe("429 too_many_readers");
  }
  expect((await api.get("/v1/events", key)).status).toBe(200);
  const other = new StreamReader(await api.get("/v1/events/stream", owner));

  left.abort();
  await poll;
  const again = new StreamReader(await api.get("/v1/events/stream", key));
  expect(await problemOf(await api.get("/v1/events/stream", key))).toBe("429 too_many_readers");
  for (const reader of [stream, other, again]) await reader.leave();
  await settled();
  expect([await readersOf(api), timers.waiting]).toEqual([{ stream: 0, poll: 0 }, 0]);
});

test("a process has 2,000 readers at most", async () => {
  const { api } = shop({ keyless: true, feedReadersPerKeyMax: 0 });
  const streams: Response[] = [];
  for (let n = 0; n < 2_000; n += 1) streams.push(await api.app.request("/v1/events/stream"));
  expect(streams.every(({ status }) => status === 200)).toBe(true);
  expect(await problemOf(await api.get("/v1/events/stream"))).toBe("429 too_many_readers");
  await Promise.all(streams.map(({ body }) => body?.cancel()));
  expect(await readersOf(api)).toEqual({ stream: 0, poll: 0 });
});
