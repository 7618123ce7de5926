import { freePort, type NodeServerApp, runNode, spawnNode } from "@holdfast/test-services";
import { onTestFinished } from "vitest";

/** Runs `pnpm backup` or `pnpm restore` with these arguments, to its end. */
export function run(type: "backup" | "restore", url: string, ...words: readonly string[]) {
  return runNode("apps/backup/src/main.ts", url, type, ...words);
}

/** A running shop, as its clients see it. */
export interface TestShop {
  readonly url: string;
  readonly app: NodeServerApp;
  /** Asks, and gives the status and the body. */
  ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: Answer }>;
}

/** The fields that these tests read, of any call's answer. */
export interface Answer {
  readonly id: string;
  readonly code: string;
  readonly ok: boolean;
  readonly nextCursor: string | null;
  readonly data: readonly { readonly id: string; readonly position: number }[];
}

/** Serves a database as its own process: a standalone one on a file, an API on MongoDB. */
export async function serve(url: string): Promise<TestShop> {
  const port = await freePort();
  const app = await spawnNode({
    entry: url.startsWith("file:") ? "apps/standalone/src/main.ts" : "apps/api/src/main.ts",
    env: { PORT: String(port), DATABASE_URL: url, DEMO_CATALOGUE: "off", DRAIN_NOTICE_MS: "0" },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  const ask: TestShop["ask"] = async (path, body) => {
    const posted = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${app.url}${path}`, body === undefined ? {} : posted);
    return { status: response.status, body: (await response.json()) as Answer };
  };
  return { url, app, ask };
}

/** Shoppers who go on placing orders of a lamp until they are stopped, and the ids that they were given so far. */
export async function openSale({ ask }: TestShop) {
  const price = { amount: 4_900, currency: "EUR" };
  await ask("/v1/products", { sku: "lamp", name: "Lamp", price, totalStock: 100_000 });
  const acknowledged: string[] = [];
  let over = false;
  const shoppers = Array.from({ length: 10 }, async () => {
    while (!over) {
      const { status, body } = await ask("/v1/orders", { lines: [{ sku: "lamp", quantity: 1 }] });
      if (status === 201) acknowledged.push(body.id);
      if (status === 201 && acknowledged.length % 3 === 0) await ask(`/v1/orders/${body.id}/confirm`, {});
    }
  });
  return {
    acknowledged,
    async stop(): Promise<void> {
      over = true;
      await Promise.all(shoppers);
    },
  };
}

/** Whether orders have been placed to that number. */
export async function placed(sale: { readonly acknowledged: readonly string[] }, count: number): Promise<void> {
  while (sale.acknowledged.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The ids of all orders. */
export async function ordersOf({ ask }: TestShop): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor = ""; ; ) {
    const { body } = await ask(`/v1/orders?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { id } of body.data) ids.add(id);
    if (body.nextCursor === null) return ids;
    cursor = body.nextCursor;
  }
}

/** The cursor behind all events so far, and the positions of their commits, each once. */
export async function readFeed({ ask }: TestShop) {
  const positions = new Set<number>();
  for (let cursor = ""; ; ) {
    const { body } = await ask(`/v1/events?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { position } of body.data) positions.add(position);
    cursor = String(body.nextCursor);
    if (body.data.length === 0) return { cursor, positions: [...positions] };
  }
}
