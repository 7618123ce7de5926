import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import { expect, inject, onTestFinished, test } from "vitest";

const owner = "secret-of-the-owner";
const callers = Array.from({ length: 20 }, (_, n) => `secret-of-caller-${n}`);

/** An API as its own process, on the database and the Redis that the other one has. */
async function startApi(databaseUrl: string): Promise<NodeServerApp> {
  const port = await freePort();
  const app = await spawnNode({
    entry: "apps/api/src/main.ts",
    env: {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      REDIS_URL: inject("redisUrl"),
      API_KEYS: [`owner=${owner}`, ...callers.map((key, n) => `caller-${n}=${key}`)].join(","),
      RATE_LIMIT_PER_SECOND: "1000",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return app;
}

async function startTwo(): Promise<[NodeServerApp, NodeServerApp]> {
  const url = inject("mongoUrl").replace(/\/(\?|$)/, `/two-apis-${randomUUID()}$1`);
  return Promise.all([startApi(url), startApi(url)]);
}

function get(app: NodeServerApp, key: string): Promise<Response> {
  return fetch(`${app.url}/v1/orders`, { headers: { authorization: `Bearer ${key}` } });
}

async function post(app: NodeServerApp, path: string, body: object): Promise<{ id: string; key: string }> {
  const headers = { authorization: `Bearer ${owner}`, "content-type": "application/json" };
  const response = await fetch(app.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as { id: string; key: string };
}

/** Asks until it is so: at most the five seconds that a change may take, and some for a busy machine. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it never became so: ${holds}`);
    await wait(50);
  }
}

test("a key that one API makes opens the other, and one that it revokes is out there too", async () => {
  const [here, elsewhere] = await startTwo();
  const { id, key } = await post(here, "/v1/api-keys", { name: "shop", scopes: ["orders:read"] });
  expect((await get(here, key)).status).toBe(200);
  await until(async () => (await get(elsewhere, key)).status === 200);
  await post(here, `/v1/api-keys/${id}/revoke`, {});
  expect((await get(here, key)).status).toBe(401);
  await until(async () => (await get(elsewhere, key)).status === 401);
});

test("two APIs count the requests of a key together", async () => {
  const apps = await startTwo();
  const fewest: number[] = [];
  // A second may end, or Redis be slow, while one caller asks, but not for each of twenty.
  for (const key of callers) {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => get(apps[n % 2 ? 1 : 0], key)));
    const left = answers.map(({ headers }) => Number(/;r=(\d+);/.exec(headers.get("ratelimit") ?? "")?.[1]));
    fewest.push(Math.min(...left));
  }
  // Twenty requests went to each API: alone, it would have 980 of 1,000 left.
  expect(Math.min(...fewest)).toBe(960);
});
