import { request } from "node:http";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import type { AppEnv } from "../app-parts.ts";
import { serve } from "../serve.ts";
import { inTurn } from "./in-turn.ts";
import { limitBody } from "./limit-body.ts";

/** Sends a body over HTTP, and gives the answer's status. Without a length it goes in chunks; `undefined` is no body at all. */
async function post(body: string | undefined, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const app = new Hono<AppEnv>().use(inTurn(limitBody(10))).post("/", async (c) => c.text(await c.req.text()));
  const serving = await serve(app as never, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => serving.stop({ noticeMs: 0, graceMs: 0 }));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request(serving.url, { method: "POST", headers }, (response) => {
    response.resume().on("end", () => resolve(response.statusCode ?? 0));
  }).on("error", reject);
  // Node says `transfer-encoding: chunked` of its own accord where a POST has neither.
  if (body === undefined) sent.removeHeader("transfer-encoding");
  sent.end(body);
  return await promise;
}

test.each([
  ["no body", undefined, {}, 200],
  ["a stated length within the limit", "0123456789", { "content-length": "10" }, 200],
  ["a stated length over it", "0123456789x", { "content-length": "11" }, 413],
  ["chunks within the limit", "0123456789", { "transfer-encoding": "chunked" }, 200],
  ["chunks over it", "0123456789x", { "transfer-encoding": "chunked" }, 413],
] as const)("over HTTP: %s", async (_what, body, headers, status) => {
  expect(await post(body, headers)).toBe(status);
});
