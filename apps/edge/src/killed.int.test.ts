import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import { expect, onTestFinished, test } from "vitest";
import { askerOf, newFolder, operatorKey } from "./test-edge.ts";

const folderOf = { LOG_LEVEL: "debug", API_KEYS: `operator=${operatorKey}` };

/** `pnpm start:edge` on a folder. Nothing is asked of it, so that the shop's object is not there yet. */
async function start(folder: string): Promise<Pick<NodeServerApp, "kill" | "logs"> & { url: string }> {
  const port = await freePort();
  const app = await spawnNode({
    entry: "apps/edge/src/run-edge.ts",
    env: { ...folderOf, PORT: String(port), EDGE_FOLDER: folder },
    readyLine: "Holdfast is serving",
  });
  onTestFinished(() => app.kill());
  return { url: `http://127.0.0.1:${port}`, kill: app.kill, logs: app.logs };
}

interface Answered {
  readonly id: string;
  readonly data: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

async function call(url: string, path: string, body?: object, key = "") {
  const init = body && {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
    body: JSON.stringify(body),
  };
  const answer = await askerOf(url)(path, init);
  return { status: answer.status, text: await answer.text() };
}

async function read(url: string, path: string): Promise<Answered> {
  return JSON.parse((await call(url, path)).text);
}

async function make(url: string, sku: string, totalStock: number): Promise<void> {
  const product = { sku, name: "Green tea", price: { amount: 450, currency: "EUR" }, totalStock };
  expect((await call(url, "/v1/products", product)).status).toBe(201);
}

async function ordersOf(url: string, sku: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor = ""; ; ) {
    const { data, nextCursor } = await read(url, `/v1/orders?sku=${sku}&limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { id } of data) ids.add(id);
    if (nextCursor === null) return ids;
    cursor = nextCursor;
  }
}

test("keeps what it acknowledged when it is killed amid checkouts, and sells nothing twice", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await make(first.url, "lamp", 150);
  const acknowledged = new Map<string, string>();
  const buyers = Array.from({ length: 20 }, async (_, buyer) => {
    for (let n = 0; ; n += 1) {
      const key = `${buyer}-${n}`;
      const cart = { lines: [{ sku: "lamp", quantity: 1 }] };
      const answer = await call(first.url, "/v1/orders", cart, key).catch(() => undefined);
      if (answer?.status !== 201) return;
      acknowledged.set(key, answer.text);
      if (acknowledged.size >= 100) await first.kill();
    }
  });
  await Promise.all(buyers);
  expect(acknowledged.size).toBeGreaterThanOrEqual(100);

  const { url } = await start(folder);
  const kept = await ordersOf(url, "lamp");
  expect([...acknowledged.values()].filter((text) => !kept.has(JSON.parse(text).id))).toEqual([]);
  for (const [key, text] of [...acknowledged].slice(-10)) {
    expect(await call(url, "/v1/orders", { lines: [{ sku: "lamp", quantity: 1 }] }, key)).toEqual({
      status: 201,
      text,
    });
  }
  const rest = await call(url, "/v1/orders", { lines: [{ sku: "lamp", quantity: 150 - kept.size }] });
  const more = await call(url, "/v1/orders", { lines: [{ sku: "lamp", quantity: 1 }] });
  expect([kept.size <= 150, rest.status, more.status]).toEqual([true, 201, 409]);
  expect(await read(url, "/v1/reconciliation")).toMatchObject({ ok: true, drift: [] });
});

test("an alarm that was set before a kill releases what has run out, though nothing is asked of the shop", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await make(first.url, "vase", 3);
  const cart = { lines: [{ sku: "vase", quantity: 3 }], holdSeconds: 3 };
  expect((await call(first.url, "/v1/orders", cart)).status).toBe(201);
  await first.kill();

  const { url, logs } = await start(folder);
  await expect.poll(logs, { timeout: 30_000 }).toContain("saw to what was due");
  expect(await read(url, "/v1/products/vase")).toMatchObject({ reservedStock: 0, availableStock: 3 });
});
