import { expect, onTestFinished, test, vi } from "vitest";
import type { Order, Problem } from "./api.ts";
import type { ClientOptions } from "./holdfast-client.ts";
import { holdfastClient } from "./holdfast-client.ts";
import { serverSentEvents } from "./server-sent-events.ts";
import { shopAndClient } from "./test-shop.ts";

/** An `EventSource` as far as the client uses one, over a `fetch` of the test's. Browsers have their own: the cart page is tested in one. */
function eventSourceOver(fetch: (url: string) => Promise<Response>) {
  return class {
    onmessage: ((message: object) => void) | undefined;
    onerror: (() => void) | undefined;
    #end: ((message: object) => void) | undefined;
    readonly #closed = new AbortController();

    constructor(url: string) {
      void this.#read(url).catch(() => {});
    }

    addEventListener(_type: "end", listener: (message: object) => void): void {
      this.#end = listener;
    }

    close(): void {
      this.#closed.abort();
    }

    async #read(url: string): Promise<void> {
      const { ok, body } = await fetch(url);
      try {
        if (!ok || body === null) return;
        for await (const { type, data, id } of serverSentEvents(body, 10_000, this.#closed.signal)) {
          (type === "end" ? this.#end : this.onmessage)?.({ data, lastEventId: id });
        }
      } finally {
        if (!this.#closed.signal.aborted) this.onerror?.();
      }
    }
  };
}

/** A shop with a storefront's key, a server that confirms, and an `EventSource` whose openings the test sees. */
async function storefront(answer: (response: Response, opening: number) => Response = (response) => response) {
  const { app, client: owner } = await shopAndClient();
  const keys = await Promise.all([
    owner.apiKeys.create({ name: "page", scopes: ["checkout"] }),
    owner.apiKeys.create({ name: "server", scopes: ["admin"] }),
  ]);
  const [page, server] = keys.map((made) => {
    if (!made.ok) throw new Error(made.code);
    const options: ClientOptions = {
      url: "http://localhost:3000",
      apiKey: made.value.key,
      fetch: async (request) => await app.fetch(request),
    };
    return { client: holdfastClient(options), id: made.value.id };
  });
  if (page === undefined || server === undefined) throw new Error("both were made");
  const opened: string[] = [];
  const open = async (url: string) => {
    opened.push(url);
    return answer(await app.request(url), opened.length);
  };
  vi.stubGlobal("EventSource", eventSourceOver(open));
  onTestFinished(() => void vi.unstubAllGlobals());
  const place = async () => {
    const placed = await page.client.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
    if (!placed.ok) throw new Error(placed.code);
    return placed.value.id;
  };
  return { page, server: server.client, place, opened };
}

/** The messages that a listener gets, to be awaited one by one. */
function inbox() {
  const seen: (Order | Problem)[] = [];
  return {
    seen,
    listeners: { message: (order: Order) => seen.push(order), refused: (problem: Problem) => seen.push(problem) },
    /** Resolves with the last one once this many have come. */
    at: (count: number) => vi.waitFor(() => seen[count - 1] ?? Promise.reject(new Error(`${seen.length}`)), 10_000),
  };
}

test("a page follows its own order, without a header, until it leaves", async () => {
  const { page, server, place, opened } = await storefront();
  const id = await place();
  const { seen, listeners, at } = inbox();
  const leave = page.client.orders.listen(id, listeners);
  expect(await at(1)).toMatchObject({ id, status: "PENDING_PAYMENT" });
  await server.orders.confirm(id);
  expect(await at(2)).toMatchObject({ id, status: "CONFIRMED" });
  leave();
  expect([seen.length, opened.length]).toEqual([2, 1]);
});

test("when the line breaks it connects again, with a new token", async () => {
  const { page, place, opened } = await storefront((response, opening) =>
    opening === 1 ? new Response("bad gateway", { status: 502 }) : response,
  );
  const id = await place();
  const { listeners, at } = inbox();
  const leave = page.client.orders.listen(id, listeners);
  expect(await at(1)).toMatchObject({ id });
  expect(opened.length).toBe(2);
  leave();
});

test("a page is not let in to another page's order, and hears why its own stream ends", async () => {
  const { page, server, place } = await storefront();
  const id = await place();
  const stranger = inbox();
  page.client.orders.listen(id, stranger.listeners, { orderToken: "hfo_guessed" });
  expect(await stranger.at(1)).toMatchObject({ code: "order_not_found" });
  const { listeners, at } = inbox();
  page.client.orders.listen(id, listeners);
  await at(1);
  await server.apiKeys.revoke(page.id);
  expect(await at(2)).toMatchObject({ code: "unauthorized" });
});

test("a back office listens to the feed from a cursor on", async () => {
  const { server } = await storefront();
  const all = await server.events.list({});
  if (!all.ok) throw new Error(all.code);
  const types: string[] = [];
  const leave = server.events.listen(
    { message: ({ event }) => types.push(event.type) },
    { cursor: all.value.nextCursor },
  );
  await server.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
  await vi.waitFor(() => expect(types).toEqual(["OrderPlaced"]), 10_000);
  leave();
});

test("an order is followed without an EventSource, too, until the signal", async () => {
  const { page, server, place } = await storefront();
  const id = await place();
  const end = new AbortController();
  const statuses: string[] = [];
  for await (const { status } of page.client.orders.stream(id, { signal: end.signal })) {
    statuses.push(status);
    if (status === "PENDING_PAYMENT") await server.orders.cancel(id);
    else end.abort();
  }
  expect(statuses).toEqual(["PENDING_PAYMENT", "CANCELLED"]);
});
