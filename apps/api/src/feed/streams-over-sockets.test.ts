import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Queries } from "@holdfast/engine";
import { settlingTimers } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { readersOf } from "../calls/test-feed.ts";
import { serve } from "../serve.ts";
import { TestApi, testEpoch } from "../test-api.ts";

/** A served shop with an endless feed, whose time the test moves. */
async function servedShop() {
  const timers = settlingTimers();
  const { queries } = new TestApi().database;
  const record = { type: "ProductCreated", actor: "tester", sku: "x".repeat(60) } as never;
  const feed: Queries["feed"] = async ({ after = 0, limit }) =>
    Array.from({ length: limit }, (_, n) => {
      return { id: "", at: 0 as never, records: [record], levelsBefore: [], position: after + n + 1 };
    });
  const feedEnd: Queries["feedEnd"] = async () => ({ epoch: testEpoch, position: Number.MAX_SAFE_INTEGER });
  const api = new TestApi({ after: (ms, call) => timers.after(ms, call), queries: { ...queries, feed, feedEnd } });
  const serving = await serve(api.app, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => serving.stop({ noticeMs: 0, graceMs: 0 }));
  const open = async (method: string): Promise<Socket> => {
    const socket = connect(Number(new URL(serving.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    socket.write(`${method} /v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return socket;
  };
  return { api, timers, open };
}

/** Asks until it is true. A test that waits in vain runs into its time limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

test("a HEAD of a stream is over with its headers, and the connection takes the next request", async () => {
  const { api, open } = await servedShop();
  const socket = await open("HEAD");
  let text = "";
  socket.on("data", (data) => {
    text += data.toString();
  });
  await until(async () => text.includes("\r\n\r\n"));
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*content-type: text\/event-stream/is);
  text = "";
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(async () => text.includes('{"status":"ok"}'));
  expect(await readersOf(api)).toEqual({ stream: 0, poll: 0 });
});

test("a reader who stops reading is sent no more than the connection takes, and loses it after half a minute", async () => {
  const { api, timers, open } = await servedShop();
  const socket = await open("GET");
  socket.on("error", () => {});
  await once(socket, "data");
  socket.pause();
  // Goes on until the connection takes no more: a hundred megabytes exceed any kernel's buffers.
  for (let n = 0; n < 200; n += 1) await timers.pass(20);
  expect(await readersOf(api)).toEqual({ stream: 1, poll: 0 });
  await timers.pass(31_000);
  expect(await readersOf(api)).toEqual({ stream: 0, poll: 0 });
  socket.resume();
  await once(socket, "close");
});

test("a reader who hangs up is forgotten", async () => {
  const { api, open } = await servedShop();
  const socket = await open("GET");
  await once(socket, "data");
  socket.destroy();
  await until(async () => (await readersOf(api)).stream === 0);
});
