import type { Actor } from "@holdfast/domain";
import type { FeedEpoch, Queries } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { settled, settlingTimers } from "@holdfast/testing";
import { expect, test } from "vitest";
import { answered, problemOf, TestApi, type TestParts } from "../test-api.ts";
import { StreamReader } from "./stream-reader.ts";

const ownerKey = "secret-of-the-owner";
const owner = { authorization: `Bearer ${ownerKey}` };
const end = 'event: end\ndata: {"code":"unauthorized","title":"The API key no longer opens this stream."}';

/** A shop with a storefront's key, whose time the test moves. */
async function storefront({
  stopping = new AbortController().signal,
  opened,
}: Pick<TestParts, "stopping" | "opened"> = {}) {
  const timers = settlingTimers();
  const api = new TestApi({
    after: (ms, call) => timers.after(ms, call),
    clock: { now: () => timers.now() },
    stopping,
    ...(opened && { opened }),
    settings: { apiKeys: new Map([[ownerKey, "owner" as Actor]]) },
  });
  const product = { sku: "tea", name: "Tea", price: { amount: 450, currency: "EUR" }, totalStock: 10 };
  await answered(201, api.post("/v1/products", product, owner));
  const made = await answered(201, api.post("/v1/api-keys", { name: "page", scopes: ["checkout"] }, owner));
  const page = { authorization: `Bearer ${made["key"]}` };
  const place = async () => {
    const { id, orderToken } = await answered(
      201,
      api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }, page),
    );
    return { id: String(id), own: { ...page, "order-token": String(orderToken) } };
  };
  const tokenFor = async (id: string, headers: Readonly<Record<string, string>>) =>
    String((await answered(200, api.post(`/v1/orders/${id}/stream-tokens`, undefined, headers)))["token"]);
  const follow = async (id: string, headers: Readonly<Record<string, string>>) => {
    const token = await tokenFor(id, headers);
    return new StreamReader(await api.get(`/v1/orders/${id}/stream?token=${token}`));
  };
  return { api, timers, page, keyId: String(made["id"]), place, tokenFor, follow };
}

/** The order that a message shows. */
function orderIn(message: string | undefined): Record<string, unknown> {
  return JSON.parse(message?.replace(/^data: /, "") ?? "null") as Record<string, unknown>;
}

test("a shopper follows an order of their own: as it is, and as soon as it is paid", async () => {
  const { api, timers, place, follow } = await storefront();
  const { id, own } = await place();
  const reader = await follow(id, own);
  expect(orderIn(await reader.next())).toEqual(await answered(200, api.get(`/v1/orders/${id}`, own)));
  const next = reader.next();
  await timers.pass(1_000);
  await answered(200, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_1" }, owner));
  await timers.pass(200);
  expect(orderIn(await next)).toMatchObject({ id, status: "CONFIRMED" });
  await reader.leave();
});

test.each([
  [
    "cancelled",
    async ({ api }: Awaited<ReturnType<typeof storefront>>, id: string) => {
      await answered(200, api.post(`/v1/orders/${id}/cancel`, undefined, owner));
    },
  ],
  [
    "expired",
    async ({ api }: Awaited<ReturnType<typeof storefront>>, _id: string) => {
      api.seconds = 301;
      await api.expireDue();
    },
  ],
])("a shopper sees that the order is %s, and those of other orders see nothing", async (becomes, act) => {
  const shop = await storefront();
  const { id, own } = await shop.place();
  const reader = await shop.follow(id, own);
  await reader.next();
  const next = reader.next();
  const other = becomes === "expired" ? undefined : await shop.place();
  const othersReader = other && (await shop.follow(other.id, other.own));
  await othersReader?.next();
  const othersNext = othersReader?.next();
  await shop.timers.pass(1_000);
  await act(shop, id);
  await shop.timers.pass(200);
  expect(orderIn(await next)).toMatchObject({ id, status: becomes.toUpperCase() });
  await shop.timers.pass(15_000);
  if (othersReader) expect(await othersNext).toBe(": still here");
  await reader.leave();
  await othersReader?.leave();
});

test("a change between the first read of the order and the first look is not missed", async () => {
  const { api, timers, place, follow } = await storefront();
  const { id, own } = await place();
  const reader = await follow(id, own);
  await answered(200, api.post(`/v1/orders/${id}/cancel`, undefined, own));
  const first = orderIn(await reader.next());
  const next = reader.next();
  await timers.pass(200);
  expect([first["status"], orderIn(await next)["status"]]).toEqual(["PENDING_PAYMENT", "CANCELLED"]);
  await reader.leave();
});

test("after a restore the order is shown as the database has it now", async () => {
  const database = openMemory();
  let isRestored = false;
  const queries: Queries = {
    ...database.queries,
    feedEnd: async (seen) =>
      isRestored
        ? { epoch: "01K9ZK3S6Q8W5V2N4M7R1T0YXC" as FeedEpoch, position: 0 }
        : await database.queries.feedEnd(seen),
    order: async (id) => {
      const order = await database.queries.order(id);
      return order && isRestored ? { ...order, version: order.version - 1, status: "CANCELLED" } : order;
    },
  };
  const { timers, place, follow } = await storefront({ opened: { ...database, queries } });
  const { id, own } = await place();
  const reader = await follow(id, own);
  await reader.next();
  const next = reader.next();
  await timers.pass(1_000);
  isRestored = true;
  await timers.pass(200);
  expect(orderIn(await next)).toMatchObject({ id, status: "CANCELLED" });
  await reader.leave();
});

test("a reader who is slow gets the last state, and those between are left out", async () => {
  const { api, timers, place } = await storefront();
  const { id, own } = await place();
  const response = await api.get(`/v1/orders/${id}/stream`, own);
  const taken = response.body?.getReader(); // unlike a StreamReader, it takes nothing before it is asked
  const next = async () => orderIn(new TextDecoder().decode((await taken?.read())?.value));
  const first = await next();
  for (const call of ["confirm", "fulfilments"]) {
    await answered(call === "confirm" ? 200 : 201, api.post(`/v1/orders/${id}/${call}`, {}, owner));
    await timers.pass(1_000);
  }
  const last = await next();
  expect([first["status"], last["fulfilmentStatus"]]).toEqual(["PENDING_PAYMENT", "FULFILLED"]);
  expect(last).toEqual(await answered(200, api.get(`/v1/orders/${id}`, own)));
  await taken?.cancel();
});

test("an order is not followed without its token", async () => {
  const { api, page, place } = await storefront();
  const [{ id }, other] = [await place(), await place()];
  for (const [method, path] of [
    ["GET", "stream"],
    ["POST", "stream-tokens"],
  ] as const) {
    const ask = (headers: Readonly<Record<string, string>>) =>
      api.send(method, `/v1/orders/${id}/${path}`, undefined, headers);
    expect(await problemOf(await ask({}))).toBe("401 unauthorized");
    expect(await problemOf(await ask(page))).toBe("403 forbidden");
    expect(await problemOf(await ask(other.own))).toBe("404 order_not_found");
    expect(await problemOf(await ask({ ...page, "order-token": "hfo_guessed" }))).toBe("404 order_not_found");
  }
});

test("a server that reads orders makes a token for a page that has no key", async () => {
  const { api, place, tokenFor } = await storefront();
  const { id } = await place();
  const token = await tokenFor(id, owner);
  const response = await api.get(`/v1/orders/${id}/stream?token=${token}`);
  const reader = new StreamReader(response);
  expect(orderIn(await reader.next())).toMatchObject({ id });
  await reader.leave();
  const none = `ord_${"0".repeat(26)}`;
  expect(await problemOf(await api.post(`/v1/orders/${none}/stream-tokens`, undefined, owner))).toBe(
    "404 order_not_found",
  );
  expect(await problemOf(await api.get(`/v1/orders/${none}/stream`, owner))).toBe("404 order_not_found");
});

test("a stream outlives its token, is kept alive, and ends when its key is revoked", async () => {
  const { api, timers, keyId, place, follow } = await storefront();
  const { id, own } = await place();
  const reader = await follow(id, own);
  await reader.next();
  for (let seconds = 0; seconds < 90; seconds += 15) {
    const alive = reader.next();
    await timers.pass(16_000);
    expect(await alive).toBe(": still here");
  }
  const last = reader.next();
  await answered(200, api.post(`/v1/api-keys/${keyId}/revoke`, undefined, owner));
  await answered(200, api.post(`/v1/orders/${id}/cancel`, undefined, owner));
  await timers.pass(5_000);
  expect([await last, await reader.next()]).toEqual([end, undefined]);
  expect(timers.waiting).toBe(0);
});

test("an order has four readers at a time; those of other orders have room", async () => {
  const { api, timers, place, follow } = await storefront();
  const [{ id, own }, other] = [await place(), await place()];
  const readers = [];
  for (let n = 0; n < 4; n += 1) readers.push(await follow(id, own));
  expect(await problemOf(await api.get(`/v1/orders/${id}/stream`, own))).toBe("429 too_many_readers");
  readers.push(await follow(other.id, other.own));
  await readers[0]?.leave();
  await settled();
  readers.push(await follow(id, own));
  for (const reader of readers) await reader.leave();
  await settled();
  expect(timers.waiting).toBe(0);
});

test("a HEAD is answered with the headers, and opens none", async () => {
  const { api, timers, place } = await storefront();
  const { id, own } = await place();
  const { status, body, headers } = await api.send("HEAD", `/v1/orders/${id}/stream`, undefined, own);
  expect([status, body, headers.get("content-type"), timers.waiting]).toEqual([200, null, "text/event-stream", 0]);
});

test("a process that stops ends the streams", async () => {
  const stop = new AbortController();
  const { place, follow } = await storefront({ stopping: stop.signal });
  const { id, own } = await place();
  const reader = await follow(id, own);
  await reader.next();
  stop.abort();
  expect(await reader.next()).toBeUndefined();
});
