import { createApp, defaultSettings, type Serving, serve } from "@holdfast/api";
import { dashboardApp } from "@holdfast/dashboard";
import type { Actor } from "@holdfast/domain";
import { type Database, Engine } from "@holdfast/engine";
import type { orderRequestSchema, orderSchema, productSchema } from "@holdfast/http-contract";
import { openLogger } from "@holdfast/runtime";
import { freePort } from "@holdfast/test-services";
import { ulid } from "ulid";
import type { z } from "zod";

type Product = z.input<typeof productSchema>;
type Order = z.input<typeof orderSchema>;
type OrderRequest = z.input<typeof orderRequestSchema>;

/** The real API and the real page, to stop and start again on the same port. */
export interface TestShop {
  readonly url: string;
  start(): Promise<void>;
  /** Stops listening. The stock stays. */
  stop(): Promise<void>;
  stock(sku: string, totalStock: number, product?: { name?: string; price?: Product["price"] }): Promise<void>;
  order(request: OrderRequest): Promise<Order>;
  archive(sku: string): Promise<void>;
  confirm(orderId: string): Promise<void>;
  cancel(orderId: string): Promise<void>;
  product(sku: string): Promise<Product>;
  /** Makes a call of the API, and gives the body of its answer, which must be no problem. */
  call<Value = Record<string, unknown>>(method: string, path: string, body?: object): Promise<Value>;
  close(): Promise<void>;
}

/** Opens a shop on a database, which it closes in the end. With `apiKey`, it demands a key. */
export async function openShop(database: Database, apiKey?: string): Promise<TestShop> {
  const app = createApp({
    engine: new Engine({ store: database.store, newBatchId: ulid }),
    queries: database.queries,
    apiKeys: database.apiKeys,
    newId: ulid,
    logger: openLogger("test", "silent"),
    settings: { ...defaultSettings, apiKeys: new Map(apiKey === undefined ? [] : [[apiKey, "test" as Actor]]) },
    health: [{ name: "database", required: true, trouble: async () => undefined }],
  });
  app.route("/", dashboardApp());

  const port = await freePort();
  let serving: Serving | undefined;
  const call = async <Value>(method: string, path: string, body?: object): Promise<Value> => {
    const response = await app.request(path, {
      method,
      headers: {
        ...(apiKey && { Authorization: `Bearer ${apiKey}` }),
        ...(body && { "Content-Type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Value;
  };

  const shop: TestShop = {
    url: `http://127.0.0.1:${port}`,
    async start() {
      serving = await serve(app, { port, host: "127.0.0.1" });
    },
    async stop() {
      await serving?.stop({ noticeMs: 0, graceMs: 0 });
      serving = undefined;
    },
    async stock(sku, totalStock, { name = sku, price = { amount: 450, currency: "EUR" } } = {}) {
      await call("POST", "/v1/products", { sku, name, price, totalStock });
    },
    order: (request) => call("POST", "/v1/orders", request),
    async archive(sku) {
      await call("PATCH", `/v1/products/${encodeURIComponent(sku)}`, { archived: true });
    },
    async confirm(orderId) {
      await call("POST", `/v1/orders/${orderId}/confirm`);
    },
    async cancel(orderId) {
      await call("POST", `/v1/orders/${orderId}/cancel`);
    },
    call,
    product: (sku) => call("GET", `/v1/products/${encodeURIComponent(sku)}`),
    async close() {
      await shop.stop();
      await database.close();
    },
  };
  await shop.start();
  return shop;
}
