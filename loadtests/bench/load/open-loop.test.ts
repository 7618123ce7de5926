import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openLoop } from "./open-loop.ts";

/** Serves with this handler on a free port, until the test ends. */
async function serve(answer: (response: ServerResponse, asked: number) => void): Promise<string> {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    asked += 1;
    answer(response, asked);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const load = { path: "/", expectedStatus: 201, requestOf: (n: number) => ({ key: `${n}`, body: "{}" }) };

test("sends as many as the rate asks for, and counts what is answered otherwise", async () => {
  const url = await serve((response, asked) => response.writeHead(asked % 5 === 0 ? 503 : 201).end());
  const { expected, errors, unread } = await openLoop({ ...load, url, perSecond: 500, seconds: 0.1 });
  expect({ expected, errors, unread }).toEqual({ expected: 40, errors: 10, unread: 0 });
});

test("goes on sending without answers, and counts the wait from when a request was due", async () => {
  // Answers only when the last request has come. A closed loop would never send that one.
  const waiting: ServerResponse[] = [];
  const url = await serve((response) => {
    waiting.push(response);
    if (waiting.length === 50) for (const held of waiting) held.writeHead(201).end();
  });
  const { expected, slowest, p50 } = await openLoop({ ...load, url, perSecond: 500, seconds: 0.1 });
  expect(expected).toBe(50);
  expect(slowest).toBeGreaterThanOrEqual(98);
  expect(p50).toBeGreaterThanOrEqual(40);
});

test("does not count how long requests take while it settles", async () => {
  const url = await serve((response, asked) => {
    // Those of the first 100 ms are answered late.
    setTimeout(() => response.writeHead(201).end(), asked <= 50 ? 200 : 0);
  });
  const { expected, slowest } = await openLoop({ ...load, url, perSecond: 500, seconds: 0.1, settleSeconds: 0.1 });
  expect(expected).toBe(100);
  expect(slowest).toBeLessThan(150);
});

test("counts from when a request was due, also where this machine could not send it then", async () => {
  const stallMs = 100;
  const url = await serve((response, asked) => {
    // Server and client share this thread, so the client does not send meanwhile either.
    if (asked === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs);
    response.writeHead(201).end();
  });
  const { expected, p50, sentLateP99 } = await openLoop({ ...load, url, perSecond: 500, seconds: 0.1 });
  expect(expected).toBe(50);
  // All requests of the first 100 ms were delayed, half of them by more than 40 ms.
  expect(p50).toBeGreaterThan(40);
  expect(sentLateP99).toBeGreaterThan(80);
});
