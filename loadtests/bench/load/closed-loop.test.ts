import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { closedLoop, type Step } from "./closed-loop.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
}

/** A server that records its requests, and answers them with this status and body. */
async function serve(answer: (asked: Asked, turn: number) => { status: number; body?: string }) {
  const heard: Asked[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const { method = "", url: path = "" } = request;
    const asked = { method, path, key: request.headers["idempotency-key"]?.toString() };
    const { status, body = "" } = answer(asked, heard.push(asked));
    response.writeHead(status).end(body);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("counts an answer of another status as an error, and does not time it", async () => {
  const { url } = await serve((_asked, turn) => ({ status: turn % 4 === 0 ? 503 : 201 }));
  const place: Step = { expectedStatus: 201, request: () => ({ method: "POST", path: "/", body: "{}" }) };
  const { expected, errors, unread } = await closedLoop({ urls: [url], steps: [place], connections: 2, amount: 40 });
  expect({ expected, errors, unread }).toEqual({ expected: 30, errors: 10, unread: 0 });
});

test("takes what an answer says into the next step, and begins anew after the last", async () => {
  let made = 0;
  const { heard, url } = await serve(({ method }) => {
    if (method === "GET") return { status: 200 };
    made += 1;
    return { status: 201, body: `${made}` };
  });
  const { expected, errors } = await closedLoop({
    urls: [url],
    steps: [
      {
        expectedStatus: 201,
        request: () => ({ method: "POST", path: "/", key: `key-${made}`, body: "{}" }),
        onAnswer: (visit, body) => {
          visit.orderId = body;
        },
      },
      { expectedStatus: 200, request: ({ orderId }) => ({ method: "GET", path: `/${orderId}` }) },
    ],
    connections: 1,
    amount: 4,
  });
  expect({ expected, errors }).toEqual({ expected: 4, errors: 0 });
  expect(heard).toEqual([
    { method: "POST", path: "/", key: "key-0" },
    { method: "GET", path: "/1", key: undefined },
    { method: "POST", path: "/", key: "key-1" },
    { method: "GET", path: "/2", key: undefined },
  ]);
});
