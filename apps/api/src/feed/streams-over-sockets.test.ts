import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Actor } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import { encodeCursor } from "@holdfast/http-contract";
import { settlingTimers } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { readersOf } from "../calls/test-feed.ts";
import { serve } from "../serve.ts";
import { answered, TestApi, type TestParts, testEpoch } from "../test-api.ts";

/** A served shop with an endless feed, whose time the test moves, and that the test can stop. */
async function servedShop(settings: TestParts["settings"] = {}) {
  const timers = settlingTimers();
  const stop = new AbortController();
  const { queries } = new TestApi().database;
  const record = { type: "ProductCreated", actor: "tester", sku: "x".repeat(60) } as never;
  const feed: Queries["feed"] = async ({ after = 0, limit }) =>
    Array.from({ length: limit }, (_, n) => {
      return { id: "", at: 0 as never, records: [record], levelsBefore: [], position: after + n + 1 };
    });
  const feedEnd: Queries["feedEnd"] = async () => ({ epoch: testEpoch, position: Number.MAX_SAFE_INTEGER });
  const api = new TestApi({
    after: (ms, call) => timers.after(ms, call),
    clock: { now: () => timers.now() },
    queries: { ...queries, feed, feedEnd },
    stopping: stop.signal,
    settings,
  });
  const serving = await serve(api.app, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => serving.stop({ noticeMs: 0, graceMs: 0 }));
  const open = async (method: string, headers = "", path = "/v1/events/stream"): Promise<Socket> => {
    const socket = connect(Number(new URL(serving.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    return socket;
  };
  return { api, timers, stop, open };
}

/** Asks until it is true. A test that waits in vain runs into its time limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** What comes over a connection, as far as it has come. */
function textOf(socket: Socket): { readonly text: string } {
  const read = { text: "" };
  socket.on("data", (data) => {
    read.text += data.toString();
  });
  return read;
}

const ownerKey = "secret-of-the-owner";
const withKey = { apiKeys: new Map([[ownerKey, "owner" as Actor]]) };

/** A cursor behind all that the feed ever has. */
const behindAll = `?cursor=${encodeCursor(["event", testEpoch, Number.MAX_SAFE_INTEGER, 0])}`;

test("a HEAD of a stream is over with its headers, and the connection takes the next request", async () => {
  const { api, open } = await servedShop();
  const socket = await open("HEAD");
  const got = textOf(socket);
  await until(async () => got.text.includes("\r\n\r\n"));
  expect(got.text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*content-type: text\/event-stream/is);
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(async () => got.text.includes('{"status":"ok"}'));
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

test("a stream over HTTP has the headers of any answer, and those that its request asked for", async () => {
  const { open } = await servedShop({ ...withKey, corsOrigins: "*" });
  const asked = ["Origin: https://shop.example", "X-Request-Id: mine", "Accept-Encoding: gzip"];
  const socket = await open("GET", [...asked, `Authorization: Bearer ${ownerKey}`, ""].join("\r\n"));
  const got = textOf(socket);
  await until(async () => got.text.includes("\r\n\r\n"));
  const [head = ""] = got.text.split("\r\n\r\n");
  const lines = head.split("\r\n");
  expect(lines[0]).toBe("HTTP/1.1 200 OK");
  expect(lines).toEqual(
    expect.arrayContaining([
      "Content-Type: text/event-stream",
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
      "X-Request-Id: mine",
      "Access-Control-Allow-Origin: *",
      "Transfer-Encoding: chunked",
    ]),
  );
  expect(head).not.toMatch(/content-encoding/i);
});

test("an idle stream over HTTP is kept alive, ends when the process stops, and the connection takes the next request", async () => {
  const { api, timers, stop, open } = await servedShop();
  const socket = await open("GET", "", `/v1/events/stream${behindAll}`);
  const got = textOf(socket);
  await until(async () => got.text.includes("\r\n\r\n"));
  await timers.pass(16_000);
  await until(async () => got.text.includes(": still here"));
  stop.abort();
  await until(async () => got.text.endsWith("\r\n0\r\n\r\n"));
  expect(await readersOf(api)).toEqual({ stream: 0, poll: 0 });
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(async () => got.text.includes('{"status":"ok"}'));
});

test("a reader over HTTP whose key is revoked reads why, and the stream ends", async () => {
  const owner = { authorization: `Bearer ${ownerKey}` };
  const { api, timers, open } = await servedShop(withKey);
  const made = await answered(
    201,
    api.post("/v1/api-keys", { name: "reader", scopes: ["catalogue:read", "orders:read"] }, owner),
  );
  const socket = await open("GET", `Authorization: Bearer ${made["key"]}\r\n`, `/v1/events/stream${behindAll}`);
  const got = textOf(socket);
  await until(async () => got.text.includes("\r\n\r\n"));
  await answered(200, api.post(`/v1/api-keys/${made["id"]}/revoke`, undefined, owner));
  await timers.pass(5_000);
  await until(async () => got.text.endsWith("\r\n0\r\n\r\n"));
  expect(got.text).toContain('event: end\ndata: {"code":"unauthorized"');
});

test("a stream that is asked for while the process stops ends at once", async () => {
  const { stop, open } = await servedShop();
  stop.abort();
  const got = textOf(await open("GET"));
  await until(async () => got.text.endsWith("\r\n0\r\n\r\n"));
  expect(got.text).not.toContain("data:");
});
