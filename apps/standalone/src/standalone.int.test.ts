import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import { expect, onTestFinished, test, vi } from "vitest";

const price = { amount: 4_900, currency: "EUR" };

interface Shop {
  readonly folder: string;
  readonly port: number;
}

/** The fields that these tests read, of whatever call's answer. */
interface Answered {
  readonly id: string;
  readonly status: string;
  readonly endedAt: string;
  readonly reservation: { readonly id: string; readonly expiresAt: string };
  readonly data: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
  readonly totalStock: number;
  readonly reservedStock: number;
  readonly committedStock: number;
  readonly availableStock: number;
  readonly ok: boolean;
}

async function newShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-standalone-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, port: await freePort() };
}

async function start({ folder, port }: Shop, env: Record<string, string> = {}): Promise<NodeServerApp> {
  const app = await spawnNode({
    entry: "apps/standalone/src/main.ts",
    env: { PORT: String(port), DATABASE_URL: `file:${folder}/shop.db`, SWEEP_INTERVAL_MS: "1000", ...env },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return app;
}

async function call(app: NodeServerApp, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init =
    body === undefined
      ? { headers }
      : { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${app.url}${path}`, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answered };
}

/** The ids of all orders of a SKU. */
async function ordersOf(app: NodeServerApp, sku: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ""; ; ) {
    const { body } = await call(app, `/v1/orders?sku=${sku}&limit=200${cursor && `&cursor=${cursor}`}`);
    ids.push(...body.data.map(({ id }) => id));
    if (body.nextCursor === null) return ids;
    cursor = body.nextCursor;
  }
}

/** `total/reserved/committed/available` */
async function stock(app: NodeServerApp, sku: string): Promise<string> {
  const { body } = await call(app, `/v1/products/${sku}`);
  return [body.totalStock, body.reservedStock, body.committedStock, body.availableStock].join("/");
}

test("serves a whole order from the first minute, and finds it again after a stop", async () => {
  const shop = await newShop();
  const app = await start(shop);
  expect(app.logs()).toContain("/docs");
  expect((await fetch(`${app.url}/`)).headers.get("content-type")).toContain("text/html");
  expect(await stock(app, "kettle")).toBe("8/0/0/8");

  const cart = { lines: [{ sku: "kettle", quantity: 2 }] };
  const placed = await call(app, "/v1/orders", cart, { "idempotency-key": "first" });
  expect([placed.status, await stock(app, "kettle")]).toEqual([201, "8/2/0/6"]);
  const { id, reservation } = placed.body;
  expect((await call(app, `/v1/reservations/${reservation.id}`)).body.status).toBe("ACTIVE");
  expect((await call(app, `/v1/orders/${id}/confirm`, {})).body.status).toBe("CONFIRMED");
  expect(await stock(app, "kettle")).toBe("8/0/2/6");

  const other = await call(app, "/v1/orders", cart);
  expect(await stock(app, "kettle")).toBe("8/2/2/4");
  expect((await call(app, `/v1/orders/${other.body.id}/cancel`, {})).body.status).toBe("CANCELLED");
  expect(await stock(app, "kettle")).toBe("8/0/2/6");

  expect(await app.stop()).toBe(0);
  const again = await start(shop);
  expect(await stock(again, "kettle")).toBe("8/0/2/6");
  const replay = await call(again, "/v1/orders", cart, { "idempotency-key": "first" });
  expect([replay.headers.get("idempotent-replayed"), replay.body]).toEqual(["true", placed.body]);
  expect((await call(again, "/v1/reconciliation")).body).toMatchObject({ ok: true, drift: [] });
});

test("shows API and worker on one page of metrics", async () => {
  const app = await start(await newShop());
  await call(app, "/v1/orders", { lines: [{ sku: "kettle", quantity: 1 }] });
  const page = await (await fetch(`${app.url}/metrics`)).text();
  for (const line of [
    'holdfast_http_request_duration_seconds_count{method="POST",route="/v1/orders",status="201"} 1',
    'holdfast_engine_commit_duration_seconds_count{engine="worker",outcome="unknown"} 0',
    'holdfast_engine_queue_commands{engine="api"} 0',
    'holdfast_loop_run_duration_seconds_count{loop="level_audit",outcome="failed"} 0',
    "holdfast_drift_levels 0",
  ]) {
    expect(page.split("\n")).toContain(line);
  }
});

test("makes room for young objects with the first order, not for pages", async () => {
  const telling = encodeURIComponent(`
    import { getHeapSpaceStatistics } from "node:v8";
    import { isMainThread } from "node:worker_threads";
    const young = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
    if (isMainThread) process.on("SIGUSR2", () => console.log("young bytes: " + young()));
  `);
  const app = await start(await newShop(), { NODE_OPTIONS: `--import=data:text/javascript,${telling}` });
  const youngBytes = async () => {
    const told = () => [...app.logs().matchAll(/young bytes: (\d+)/g)].map(([, bytes]) => Number(bytes));
    const before = told().length;
    process.kill(app.pid, "SIGUSR2");
    return await vi.waitUntil(() => told()[before]);
  };
  const reader = async () => {
    for (let n = 0; n < 100; n += 1) await call(app, "/v1/products");
  };
  const readMuch = () => Promise.all(Array.from({ length: 20 }, reader));
  await readMuch();
  expect(await youngBytes()).toBeLessThan(4_000_000);
  await call(app, "/v1/orders", { lines: [{ sku: "kettle", quantity: 1 }] });
  await readMuch();
  expect(await youngBytes()).toBeGreaterThan(4_000_000);
});

test("gives a reservation back when it runs out, never before", async () => {
  const app = await start(await newShop());
  const { body: order } = await call(app, "/v1/orders", { lines: [{ sku: "kettle", quantity: 3 }], holdSeconds: 2 });
  const due = Date.parse(order.reservation.expiresAt);
  for (;;) {
    const { body } = await call(app, `/v1/orders/${order.id}`);
    if (body.status !== "PENDING_PAYMENT") {
      expect(body.status).toBe("EXPIRED");
      expect(Date.parse(body.endedAt)).toBeGreaterThanOrEqual(due);
      expect(Date.parse(body.endedAt)).toBeLessThan(due + 1_000);
      break;
    }
    expect(await stock(app, "kettle")).toMatch(/^8\/(3\/0\/5|0\/0\/8)$/);
  }
  expect(await stock(app, "kettle")).toBe("8/0/0/8");
});

test.each([
  ["when it is killed", (orders: number) => orders >= 40],
  ["when it is killed while its log is copied into the file", (_orders: number, fileGrew: boolean) => fileGrew],
])("keeps what it acknowledged %s", async (_when, isTime) => {
  const shop = await newShop();
  const first = await start(shop);
  await call(first, "/v1/products", { sku: "lamp", name: "Lamp", price, totalStock: 100_000 });
  const fileSize = () => statSync(join(shop.folder, "shop.db")).size;
  const sizeBefore = fileSize();
  const acknowledged: string[] = [];
  const buyers = Array.from({ length: 20 }, async (_, buyer) => {
    for (let n = 0; ; n += 1) {
      const key = `${buyer}-${n}`;
      const cart = { lines: [{ sku: "lamp", quantity: 1 }] };
      const answer = await call(first, "/v1/orders", cart, { "idempotency-key": key }).catch(() => undefined);
      if (answer?.status !== 201) return;
      acknowledged.push(answer.body.id);
      if (isTime(acknowledged.length, fileSize() > sizeBefore)) await first.kill();
    }
  });
  await Promise.all(buyers);

  const again = await start(shop);
  const kept = new Set(await ordersOf(again, "lamp"));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(40);
  expect(await stock(again, "lamp")).toBe(`100000/${kept.size}/0/${100_000 - kept.size}`);
  expect((await call(again, "/v1/reconciliation")).body.ok).toBe(true);
});

test("answers what is under way when it has to stop", async () => {
  const app = await start(await newShop());
  const carts = Array.from({ length: 30 }, () =>
    call(app, "/v1/orders", { lines: [{ sku: "tea-green", quantity: 1 }] }),
  );
  await Promise.any(carts);
  const [code, ...answers] = await Promise.all([app.stop(), ...carts.map((cart) => cart.catch(() => undefined))]);
  expect(code).toBe(0);
  const statuses = answers.filter((answer) => answer !== undefined).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test("streams what happens, and ends the stream when it has to stop", async () => {
  const app = await start(await newShop());
  const response = await fetch(`${app.url}/v1/events/stream`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const { body: order } = await call(app, "/v1/orders", { lines: [{ sku: "tea-green", quantity: 1 }] });
  let streamed = "";
  while (!streamed.includes(order.id)) streamed += (await reader?.read())?.value ?? "";
  expect(await app.stop()).toBe(0);
  expect(await reader?.read()).toEqual({ done: true, value: undefined });
});

test.each([
  [{ HOST: "0.0.0.0" }, /HOST.*there is no API key/],
  [{ PORT: "http", HOLD_SECONDS: "0" }, /PORT.*\n.*HOLD_SECONDS/],
  [{ DATABASE_URL: "mongodb://localhost" }, /DATABASE_URL.*start:api/],
  [{ API_KEYS: "short=1" }, /API_KEYS/],
])("refuses to start with %o, and says why", async (env, message) => {
  await expect(start(await newShop(), env)).rejects.toThrow(message);
});
