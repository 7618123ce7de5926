import { expect, onTestFinished, test, vi } from "vitest";
import type { HoldfastClient } from "./holdfast-client.ts";
import { shopAndClient } from "./test-shop.ts";
import { Unreachable } from "./unreachable.ts";

const twoTeas = { lines: [{ sku: "tea", quantity: 2 }] };

/** What a server answers that is on its way up or down. */
function comeBackSoon(): Response {
  const body = { type: "", title: "", status: 503, code: "unavailable" };
  return Response.json(body, { status: 503, headers: { "retry-after": "0" } });
}

async function read(client: HoldfastClient) {
  const answer = await client.products.read("tea");
  if (!answer.ok) throw new Error(answer.code);
  return answer;
}

test("has a method for each call, which takes what the path names, then the body or query", async () => {
  const { client } = await shopAndClient();
  const placed = await client.orders.place(twoTeas);
  if (!placed.ok) throw new Error(placed.code);
  const { id } = placed.value;
  expect(placed).toMatchObject({ value: { status: "PENDING_PAYMENT" }, replayed: false });
  expect(await client.orders.confirm(id, { paymentReference: "pi_1" })).toMatchObject({
    value: { status: "CONFIRMED" },
  });
  expect(await client.orders.read(id)).toMatchObject({ ok: true, value: { id } });
  expect(await client.orders.list({ status: "CONFIRMED", limit: 1 })).toMatchObject({ value: { data: [{ id }] } });
  expect(await client.stock.explain("tea", "main")).toMatchObject({ value: { level: { committedStock: 2 } } });
});

test("a refusal is a value with a code of its call", async () => {
  const { client } = await shopAndClient();
  const placed = await client.orders.place({ lines: [{ sku: "tea", quantity: 11 }] });
  expect(placed.ok).toBe(false);
  if (placed.code === "insufficient_stock") expect(placed.errors).toMatchObject([{ sku: "tea", available: 10 }]);
  expect(placed.code).toBe("insufficient_stock");
  const cancelled = await client.orders.cancel("ord_00000000000000000000000000");
  expect(cancelled.code).toBe("order_not_found");
});

test("a name in a path is sent as it is", async () => {
  const { client } = await shopAndClient();
  expect((await client.products.read("tea?limit=1/../x")).code).toBe("product_not_found");
  expect((await client.orders.read("../products")).code).toBe("order_not_found");
  for (const sku of ["A/B & c+.d", "茶 碗"]) {
    await client.products.create({ sku, name: sku, price: { amount: 1, currency: "EUR" }, totalStock: 2 });
    expect(await client.products.read(sku)).toMatchObject({ value: { sku, totalStock: 2 } });
    expect(await client.orders.list({ sku })).toMatchObject({ value: { data: [] } });
    expect(await client.stock.explain(sku, "main")).toMatchObject({ value: { sku } });
  }
});

test("asks again with the same key when an answer is lost, and one order is placed", async () => {
  const keys: (string | null)[] = [];
  const { client } = await shopAndClient({}, async (request, send) => {
    keys.push(request.headers.get("idempotency-key"));
    const answer = await send(request);
    if (keys.length < 3) throw new TypeError("the line broke");
    return answer;
  });
  const placed = await client.orders.place(twoTeas);
  expect(placed).toMatchObject({ ok: true, replayed: true });
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(await client.orders.list()).toMatchObject({ value: { data: [{}], nextCursor: null } });
});

test("a change whose answer is lost undoes no later one, where it names what was read", async () => {
  let lost = 0;
  const { client } = await shopAndClient({}, async (request, send) => {
    const answer = await send(request);
    if (request.method !== "PATCH" || lost > 0) return answer;
    lost += 1;
    await client.products.change("tea", { name: "White tea" });
    throw new TypeError("the line broke");
  });
  const { etag = "" } = await read(client);
  expect(await client.products.change("tea", { name: "Black tea" }, { ifMatch: etag })).toMatchObject({
    ok: false,
    code: "product_changed",
  });
  const later = await read(client);
  expect(later).toMatchObject({ value: { name: "White tea" } });
  const changed = await client.products.change("tea", { name: "Black tea" }, { ifMatch: later.etag ?? "" });
  expect(changed).toMatchObject({ ok: true, etag: (await read(client)).etag });
  expect(await client.products.list()).not.toHaveProperty("etag");
});

test("two calls have two keys, unless you give them one", async () => {
  const { client } = await shopAndClient();
  const [first, second] = [await client.orders.place(twoTeas), await client.orders.place(twoTeas)];
  expect([first.ok && first.replayed, second.ok && second.replayed]).toEqual([false, false]);
  const idempotencyKey = "cart-1";
  await client.orders.place(twoTeas, { idempotencyKey });
  expect(await client.orders.place(twoTeas, { idempotencyKey })).toMatchObject({ ok: true, replayed: true });
});

test("keys begin with the time, in twelve digits, and 128 random bits follow", async () => {
  const keys: string[] = [];
  const { client } = await shopAndClient({}, async (request, send) => {
    keys.push(request.headers.get("idempotency-key") ?? "");
    return await send(request);
  });
  const before = Date.now();
  for (let order = 0; order < 2; order += 1) await client.orders.place(twoTeas);
  const [first = "", second = ""] = keys;
  for (const key of [first, second]) {
    expect(key).toMatch(/^[0-9a-f]{44}$/);
    const time = Number.parseInt(key.slice(0, 12), 16);
    expect(time >= before && time <= Date.now()).toBe(true);
  }
  expect(first.slice(12)).not.toBe(second.slice(12));
});

test.each([
  ["Holdfast that cannot do it now", () => comeBackSoon()],
  ["a proxy without a server", () => new Response("<html>", { status: 502, headers: { "retry-after": "0" } })],
  ["an answer that breaks off", () => new Response('{"id', { headers: { "content-type": "application/json" } })],
])("goes on behind %s", async (_, disturbance) => {
  let asked = 0;
  const { client } = await shopAndClient({}, async (request, send) => {
    asked += 1;
    return asked === 1 ? disturbance() : await send(request);
  });
  expect(await client.products.read("tea")).toMatchObject({ ok: true, value: { sku: "tea" } });
  expect(asked).toBe(2);
});

test("does not ask again where the answer would be the same", async () => {
  let asked = 0;
  const { client } = await shopAndClient({}, async (request, send) => {
    asked += 1;
    if (asked === 2) return Response.json({ code: "internal_error" }, { status: 500 });
    return await send(request);
  });
  expect((await client.orders.place({ lines: [] })).code).toBe("malformed_request");
  expect((await client.orders.place(twoTeas)).code).toBe("internal_error");
  expect(asked).toBe(2);
});

test("when the time is over it says that no answer came, and with which key to ask again", async () => {
  const { client } = await shopAndClient({ timeoutMs: 50 }, () => Promise.reject(new TypeError("no route")));
  const error = await client.orders.place(twoTeas, { idempotencyKey: "cart-1" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Unreachable);
  expect(error).toMatchObject({ idempotencyKey: "cart-1", message: expect.stringContaining("no answer in 50 ms") });
});

test("when the time is over the last refusal is the answer", async () => {
  const { client } = await shopAndClient({ timeoutMs: 50 }, async () => comeBackSoon());
  expect((await client.orders.place(twoTeas)).code).toBe("unavailable");
});

test("a try that hangs is given up, and the next one is answered", async () => {
  let asked = 0;
  const { client } = await shopAndClient({ tryMs: 20 }, (request, send) => {
    asked += 1;
    if (asked > 1) return send(request);
    return new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
  });
  expect(await client.products.read("tea")).toMatchObject({ ok: true });
});

test("ends at once with the signal's reason", async () => {
  const end = new AbortController();
  const { client } = await shopAndClient({}, async () => {
    end.abort(new Error("the shopper left"));
    return comeBackSoon();
  });
  await expect(client.orders.place(twoTeas, { signal: end.signal })).rejects.toThrow("the shopper left");
});

test("leaves no timer behind when a call is answered, at once or at the second try", async () => {
  let tries = 0;
  const { client } = await shopAndClient({}, async (request, send) => {
    tries += 1;
    return tries === 2 ? comeBackSoon() : await send(request);
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await client.products.read("tea");
  expect(vi.getTimerCount()).toBe(0);
  const answered = client.products.read("tea");
  await vi.runAllTimersAsync();
  expect(await answered).toMatchObject({ ok: true });
  expect([tries, vi.getTimerCount()]).toEqual([3, 0]);
});
