import { mainLocation, type Sku } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { VirtualTimers } from "@holdfast/expiry/virtual-timers";
import { eventPageSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

function virtualTimers(): VirtualTimers {
  const timers = new VirtualTimers();
  timers.settled = settled;
  return timers;
}

/** Until all that needs no time has happened: a request, its commit and its answer take a few turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Page {
  readonly data: readonly { readonly type: string; readonly position: number; readonly index: number }[];
  readonly nextCursor: string;
}

async function read(api: TestApi, query = ""): Promise<Page> {
  return (await answered(200, api.get(`/v1/events${query}`))) as unknown as Page;
}

function restock(api: TestApi, delta: number): Promise<unknown> {
  return answered(
    201,
    api.post("/v1/stock-adjustments", { sku: "tea", delta, reason: "correction", reference: "n-7" }),
  );
}

/** Three units, and orders that end in each way there is. */
async function eventfulShop(latePayment: "refund" | "review"): Promise<TestApi> {
  const api = new TestApi({ settings: { latePayment } });
  await api.createProduct({ totalStock: 5 });
  const [paid, cancelled, late, sold, refunded] = [
    await api.placeOrder(1, { customerId: "ann" }),
    ...(await Promise.all([1, 2, 3, 4].map(() => api.placeOrder()))),
  ];
  const confirm = (id: string | undefined) => api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pay-1" });
  await confirm(paid);
  await api.post(`/v1/orders/${cancelled}/cancel`, {}, { "idempotency-key": "k" });
  api.seconds = 300;
  await confirm(late);
  await api.expireDue();
  await restock(api, -3);
  await confirm(sold);
  await confirm(refunded);
  await restock(api, 1);
  await api.post(`/v1/orders/${sold}/review`, { decision: "SELL" });
  await api.post(`/v1/orders/${refunded}/review`, { decision: "REFUND" });
  return api;
}

test("tells all that happened, oldest first, in the shapes that are documented", async () => {
  const { data, ...rest } = await read(await eventfulShop("review"));
  expect(data.map(({ position, index, type }) => `${position}.${index} ${type}`)).toEqual([
    "1.0 ProductCreated",
    "1.1 StockAdjusted",
    "2.0 OrderPlaced",
    "3.0 OrderPlaced",
    "3.1 OrderPlaced",
    "3.2 OrderPlaced",
    "3.3 OrderPlaced",
    "4.0 OrderConfirmed",
    "5.0 OrderCancelled",
    "6.0 OrderExpired",
    "6.1 LatePaymentAccepted",
    "7.0 OrderExpired",
    "8.0 OrderExpired",
    "9.0 StockAdjusted",
    "10.0 LatePaymentReferred",
    "11.0 LatePaymentReferred",
    "12.0 StockAdjusted",
    "13.0 LatePaymentApproved",
    "14.0 LatePaymentRejected",
  ]);
  // What the schema does not know it drops: nothing is told beyond it.
  expect(eventPageSchema.parse({ data, ...rest })).toEqual({ data, ...rest });
  const { data: refused } = await read(await eventfulShop("refund"));
  expect(refused.map(({ type }) => type)).toContain("LatePaymentRefused");
  expect(eventPageSchema.shape.data.parse(refused)).toEqual(refused);
});

test("tells each event with what it is about", async () => {
  const { data } = await read(await eventfulShop("review"));
  const order = {
    at: "2026-01-01T00:00:00.000Z",
    actor: "anonymous",
    orderId: expect.stringMatching(/^ord_\d{26}$/),
    locationId: "main",
    lines: [{ sku: "tea", quantity: 1 }],
  };
  const payment = { reference: "pay-1", at: "2026-01-01T00:05:00.000Z" };
  expect(data[2]).toEqual({ position: 2, index: 0, type: "OrderPlaced", ...order });
  expect(data[13]).toEqual({
    position: 9,
    index: 0,
    type: "StockAdjusted",
    at: "2026-01-01T00:05:00.000Z",
    actor: "anonymous",
    adjustmentId: expect.stringMatching(/^adj_/),
    sku: "tea",
    locationId: "main",
    delta: -3,
    reason: "correction",
    reference: "n-7",
    level: expect.objectContaining({ totalStock: 2, committedStock: 2, availableStock: 0 }),
  });
  expect(data[14]).toMatchObject({ payment: { ...payment, outcome: "REVIEW_DUE" } });
  expect(data[17]).toMatchObject({ payment: { ...payment, outcome: "REHELD", review: { decision: "SELL" } } });
});

test("tells of a level that was corrected", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.database.bend({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 9 });
  const expected = { totalStock: 10, reservedStock: 0, committedStock: 0 };
  const asked = { sku: "tea", reason: "edited by hand", expected };
  const { id } = await answered(201, api.post("/v1/reconciliation/corrections", asked));
  const { data, ...rest } = await read(api);
  expect(data.at(-1)).toMatchObject({
    type: "StockCorrected",
    correctionId: id,
    reason: "edited by hand",
    change: { totalStock: 1, reservedStock: 0, committedStock: 0 },
    level: { totalStock: 10 },
  });
  expect(eventPageSchema.parse({ data, ...rest })).toEqual({ data, ...rest });
});

test.each([1, 2, 3, 5, 18, 19, 20, 200])("by pages of %i, comes whole and each event once", async (limit) => {
  const api = await eventfulShop("review");
  const whole = await read(api);
  const events: Page["data"][number][] = [];
  let cursor = "";
  for (let page = await read(api, `?limit=${limit}`); ; page = await read(api, `?limit=${limit}&cursor=${cursor}`)) {
    cursor = page.nextCursor;
    if (page.data.length === 0) break;
    events.push(...page.data);
  }
  expect([events, cursor]).toEqual([whole.data, whole.nextCursor]);
  await restock(api, 1);
  const { data } = await read(api, `?limit=${limit}&cursor=${cursor}`);
  expect(data.map(({ position, type }) => `${position} ${type}`)).toEqual(["15 StockAdjusted"]);
});

test("an empty shop has an empty feed, and a place to go on from", async () => {
  const api = new TestApi();
  const { data, nextCursor } = await read(api);
  expect(data).toEqual([]);
  await api.createProduct({ totalStock: 0 });
  expect((await read(api, `?cursor=${nextCursor}`)).data).toHaveLength(1);
});

function waitingShop() {
  const timers = virtualTimers();
  const stop = new AbortController();
  const api = new TestApi({ after: (ms, call) => timers.after(ms, call), stopping: stop.signal });
  return { api, timers, stop };
}

/** The answer so far. */
function watched<Value>(promise: Promise<Value>): { answer: Value | undefined } {
  const seen: { answer: Value | undefined } = { answer: undefined };
  void promise.then((value) => {
    seen.answer = value;
  });
  return seen;
}

test("waits for something to happen where it is asked to, and tells it soon", async () => {
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

test("answers those who wait when the process is told to stop", async () => {
  const { api, timers, stop } = waitingShop();
  const seen = watched(read(api, "?waitSeconds=30"));
  await timers.pass(0);
  stop.abort();
  await settled();
  expect(seen.answer?.data).toEqual([]);
});

/** The messages of a stream, taken one by one. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(response: Response) {
    if (response.body === null) throw new Error("a stream has a body");
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next message; `undefined` at the stream's end. */
  async next(): Promise<string | undefined> {
    while (!this.#text.includes("\n\n")) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += value;
    }
    const [message = "", ...rest] = this.#text.split("\n\n");
    this.#text = rest.join("\n\n");
    return message;
  }

  async events(count: number): Promise<{ readonly id: string; readonly event: unknown }[]> {
    const events = [];
    while (events.length < count) {
      const [data = "", id = ""] = (await this.next())?.split("\n") ?? [];
      events.push({ id: id.slice("id: ".length), event: JSON.parse(data.slice("data: ".length)) as unknown });
    }
    return events;
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}

test("streams what the list tells, and what happens after it", async () => {
  const { api, timers } = waitingShop();
  await api.createProduct();
  const response = await api.get("/v1/events/stream");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = new Reader(response);
  const first = await reader.events(2);
  await api.placeOrder();
  const more = reader.events(1);
  await timers.pass(200);
  const told = [...first, ...(await more)];
  const { data, nextCursor } = await read(api);
  expect(told.map(({ event }) => event)).toEqual(data);
  expect(told.at(-1)?.id).toBe(nextCursor);
  await reader.leave();
});

test("goes on behind the last event that a reader has had", async () => {
  const { api } = waitingShop();
  await api.createProduct();
  await api.placeOrder();
  const all = await new Reader(await api.get("/v1/events/stream")).events(3);
  for (const [index, { id }] of all.slice(0, -1).entries()) {
    const left = all.slice(index + 1);
    const again = new Reader(await api.get("/v1/events/stream?cursor=none", { "last-event-id": id }));
    expect(await again.events(left.length)).toEqual(left);
    const asked = new Reader(await api.get(`/v1/events/stream?cursor=${id}`));
    expect(await asked.events(left.length)).toEqual(left);
  }
});

test("says now and then that it is still there", async () => {
  const { api, timers } = waitingShop();
  const reader = new Reader(await api.get("/v1/events/stream"));
  const beats = [reader.next(), reader.next()];
  await timers.pass(30_000);
  expect(await Promise.all(beats)).toEqual([": still here", ": still here"]);
  await reader.leave();
});

test("ends when the process is told to stop, also where nobody reads", async () => {
  const { api, timers, stop } = waitingShop();
  await api.createProduct();
  const [reading, idle] = [await api.get("/v1/events/stream"), await api.get("/v1/events/stream")];
  const reader = new Reader(reading);
  await reader.events(2);
  const end = reader.next();
  await timers.pass(100);
  stop.abort();
  expect(await end).toBeUndefined();
  expect((await idle.text()).split("data:").length).toBeLessThanOrEqual(3);
  await timers.pass(1_000);
  expect(timers.waiting).toBe(0);
});

/** A shop that counts how often its feed is read. */
function countedShop() {
  const timers = virtualTimers();
  const counted = { reads: 0 };
  const { queries } = new TestApi().database;
  const feed: Queries["feed"] = async ({ after = 0, limit }) => {
    counted.reads += 1;
    return endless(after + 1, limit);
  };
  const api = new TestApi({ after: (ms, call) => timers.after(ms, call), queries: { ...queries, feed } });
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
  const { api, counted } = countedShop();
  const reader = new Reader(await api.get("/v1/events/stream"));
  await reader.events(3);
  const before = counted.reads;
  await settled();
  expect(counted.reads).toBe(before);
  await reader.events(1_000);
  expect(counted.reads).toBeGreaterThan(before);
  await reader.leave();
  await settled();
  const left = counted.reads;
  await settled();
  expect(counted.reads).toBe(left);
});
