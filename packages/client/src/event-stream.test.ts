import { expect, test } from "vitest";
import type { StreamedEvent } from "./event-stream.ts";
import { Refused } from "./refused.ts";
import { shopAndClient } from "./test-shop.ts";

/** The first events of a stream, and then it is left. */
async function first(count: number, stream: AsyncIterable<StreamedEvent>): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length === count) break;
  }
  return events;
}

/** A body that gives the first `messages` whole, and breaks off within the next one. */
function brokenBehind(messages: number, body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (text !== "") throw new TypeError("the line broke");
    while (text.split("\n\n").length <= messages) text += (await reader.read()).value ?? "";
    await reader.cancel();
    const whole = text.split("\n\n").slice(0, messages).join("\n\n");
    controller.enqueue(new TextEncoder().encode(text.slice(0, whole.length + 7)));
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

test("yields what has happened and what happens next", async () => {
  const { client } = await shopAndClient();
  const events = first(3, client.events.stream());
  await client.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
  expect((await events).map(({ event }) => event.type)).toEqual(["ProductCreated", "StockAdjusted", "OrderPlaced"]);
});

test("goes on behind a cursor", async () => {
  const { client } = await shopAndClient();
  const [one] = await first(1, client.events.stream());
  const [two] = await first(1, client.events.stream({ cursor: one?.cursor ?? "" }));
  expect(two?.event.type).toBe("StockAdjusted");
});

test("when lines break, each event comes once and in order", async () => {
  let connections = 0;
  const { client } = await shopAndClient({}, async (request, send) => {
    const answer = await send(request);
    if (!request.url.endsWith("/stream")) return answer;
    connections += 1;
    if (connections === 2) throw new TypeError("no route");
    return new Response(answer.body && brokenBehind(2, answer.body), answer);
  });
  for (let n = 0; n < 4; n += 1) await client.orders.place({ lines: [{ sku: "tea", quantity: 1 }] });
  const events = await first(6, client.events.stream());
  expect(events.map(({ event }) => ("position" in event ? `${event.position}.${event.index}` : ""))).toEqual([
    "1.0",
    "1.1",
    "2.0",
    "3.0",
    "4.0",
    "5.0",
  ]);
  expect(connections).toBeGreaterThan(3);
});

test("throws where asking again would change nothing", async () => {
  const { client } = await shopAndClient();
  const next = client.events.stream({ cursor: "none" }).next();
  await expect(next).rejects.toThrow(Refused);
  await expect(next).rejects.toMatchObject({ problem: { code: "invalid_cursor" } });
});

test("ends without an error at its signal", async () => {
  const { client } = await shopAndClient();
  const end = new AbortController();
  const types: string[] = [];
  for await (const { event } of client.events.stream({ signal: end.signal })) {
    types.push(event.type);
    if (types.length === 2) end.abort();
  }
  expect(types).toEqual(["ProductCreated", "StockAdjusted"]);
});
