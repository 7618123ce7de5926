import type { Queries } from "@holdfast/engine";
import { expect, test } from "vitest";
import { TestApi } from "../test-api.ts";
import { read } from "./test-feed.ts";
import { settled, virtualTimers, waitingShop } from "./waiting-shop.ts";

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
