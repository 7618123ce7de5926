import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AnswerCounts,
  brokenRequests,
  corruptedRequest,
  type DescribedCall,
  describedCalls,
  exchange,
  FuzzedShop,
  fuzz,
  fuzzKey,
  httpAnswers,
  type OpenApiDocument,
  openShop,
  requestTo,
} from "@holdfast/fuzz";
import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SocketHoldfast } from "./socket-holdfast.ts";

const file = "apps/standalone/src/untrusted-input-over-sockets.int.test.ts";
const folder = mkdtempSync(join(tmpdir(), "holdfast-fuzz-"));

let app: NodeServerApp;
let holdfast: SocketHoldfast;
let calls: readonly DescribedCall[];

beforeAll(async () => {
  const port = await freePort();
  app = await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: {
      PORT: String(port),
      DATABASE_URL: `file:${folder}/shop.db`,
      DEMO_CATALOGUE: "off",
      API_KEYS: `fuzz=${fuzzKey}`,
      RATE_LIMIT_PER_SECOND: "0",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  holdfast = new SocketHoldfast(app, `${folder}/shop.db`);
  calls = describedCalls((await (await fetch(`${app.url}/openapi.json`)).json()) as OpenApiDocument);
});
afterAll(async () => {
  holdfast.close();
  await app.kill();
  rmSync(folder, { recursive: true });
});

test("every request gets an answer that is described, and a refusal writes nothing", async () => {
  const answerCounts = new AnswerCounts();
  const shop = new FuzzedShop(holdfast, calls, answerCounts);
  await openShop(shop);
  await fuzz({
    file,
    sequences: 200,
    // Node refuses a longer head before the app sees it; and this test does not wait for events.
    requests: fc
      .oneof(...calls.map(requestTo))
      .filter(({ target }) => target.length < 8_000 && !target.includes("waitSeconds")),
    play: async (requests) => {
      for (const request of requests) await shop.play(request);
    },
  });
  await shop.expectSound();
  if (process.env["FUZZ_SEQUENCES"] !== undefined) console.log(String(answerCounts));
  expect(answerCounts.calls).toEqual(expect.arrayContaining(calls.map(({ name }) => name)));
}, 3_600_000);

test.each(Object.entries(brokenRequests))("%s does no harm", async (_what, request) => {
  await expectNoHarm(Buffer.from(request, "latin1"));
});

test("a request with some bytes changed does no harm", async () => {
  await fuzz({
    file,
    sequences: 60,
    requests: corruptedRequest,
    play: async (requests) => {
      for (const request of requests) await expectNoHarm(request);
    },
  });
}, 3_600_000);

test("it is still the process that it was, and stops as it should", async () => {
  expect(
    await (await fetch(`${app.url}/v1/reconciliation`, { headers: { authorization: `Bearer ${fuzzKey}` } })).json(),
  ).toMatchObject({ ok: true, drift: [] });
  expect(await app.stop()).toBe(0);
});

/** Checks that every answer is below 500, that the log has no error, and that good requests are still answered. */
async function expectNoHarm(bytes: Uint8Array): Promise<void> {
  const statuses = httpAnswers(await exchange(app.url, bytes, { hangsUp: true })).map(({ status }) => status);
  const [alive] = httpAnswers(
    await exchange(app.url, Buffer.from("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")),
  );
  const wrong = statuses.filter((status) => status >= 500);
  expect({ wrong, alive: alive?.status, complaints: holdfast.complaints() }).toEqual({
    wrong: [],
    alive: 200,
    complaints: [],
  });
}
