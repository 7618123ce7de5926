import { createApp, defaultSettings } from "@holdfast/api";
import { type OrderId, workerActor } from "@holdfast/domain";
import { Engine, StoreTime } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { openLogger } from "@holdfast/runtime";
import { monotonicFactory } from "ulid";
import type { Ask } from "./api-reader.ts";
import { type AuditRequest, checkStock } from "./check-stock.ts";

const stock = 10;
const startedAt = Date.parse("2026-01-01T00:00:00Z");

/** The real API in memory, with an order of each kind. Its audit is clean. */
export interface AuditedShop {
  readonly ask: Ask;
  /** The SKUs are `first` and `second`. The counts are those of orders with `first`. */
  readonly ids: Readonly<Record<"paid" | "cancelled" | "expired" | "open", string>>;
  /** Audits the answers of `ask`; those of the shop itself unless given. */
  audit(ask?: Ask, changes?: Partial<AuditRequest>): ReturnType<typeof checkStock>;
}

/** Of an order of two units of each SKU: of the second one unit leaves and comes back, the other is cancelled, and money goes back. */
async function undo(post: (path: string, body?: object) => Promise<string>, order: string): Promise<void> {
  const line = { sku: "second", quantity: 1 };
  await post(`/v1/orders/${order}/fulfilments`, { lines: [line] });
  await post(`/v1/orders/${order}/cancellations`, { lines: [line] });
  await post(`/v1/orders/${order}/returns`, { lines: [{ ...line, disposition: "RESTOCK" }] });
  await post(`/v1/orders/${order}/repayments`, { amount: 50 });
}

/** For the tests of the audit. */
export async function openAuditedShop(): Promise<AuditedShop> {
  let now = startedAt;
  const newUlid = monotonicFactory();
  const newId = () => newUlid(now);
  const { store, queries, apiKeys } = await openSqlite({
    path: ":memory:",
    time: new StoreTime({ wall: () => now, steady: () => now }),
  });
  const engine = new Engine({ store, newBatchId: newId });
  const app = createApp({
    engine,
    queries,
    apiKeys,
    newId,
    logger: openLogger("audit", "silent"),
    settings: defaultSettings,
  });
  const post = async (path: string, body: object = {}): Promise<string> => {
    now += 1_000;
    const headers = { "content-type": "application/json" };
    const response = await app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    const { id = "" } = (await response.json()) as { id?: string };
    return id;
  };
  for (const sku of ["first", "second"]) {
    await post("/v1/products", { sku, name: sku, price: { amount: 100, currency: "EUR" }, totalStock: stock });
  }
  await post("/v1/transfers", { toLocationId: "main", lines: [{ sku: "second", quantity: 5 }] });
  const place = (customerId: string, ...skus: readonly string[]) =>
    post("/v1/orders", { customerId, lines: skus.map((sku) => ({ sku, quantity: 2 })), holdSeconds: 60 });
  const ids = {
    expired: await place("ada", "first"),
    paid: await place("bob", "first", "second"),
    cancelled: await place("cyd", "second", "first"),
    open: "",
  };
  await post(`/v1/orders/${ids.paid}/confirm`, { paymentReference: "pay-1" });
  await post(`/v1/orders/${ids.cancelled}/cancel`);
  now += 60_000;
  await engine.submit({ type: "ExpireOrder", actor: workerActor, orderId: ids.expired as OrderId });
  await undo(post, ids.paid);
  ids.open = await place("dan", "first");

  const ask: Ask = (url, init) => app.request(url, init);
  const counts = { placed: 4, confirmed: 1, cancelled: 1, unsettled: 0 };
  const request = { url: "http://shop", skus: ["first", "second"], stock, counts, feedLateSecondsMax: 0 };
  return { ask, ids, audit: (other = ask, changes = {}) => checkStock({ ...request, ask: other, ...changes }) };
}
