import { randomBytes } from "node:crypto";
import { ApiReader, type Audit, checkStock } from "@holdfast/audit";
import type { HoldfastClient } from "@holdfast/client";
import { inWords, reach } from "../deployment.ts";
import { eachAtOnce } from "../each-at-once.ts";
import { Answers } from "./answers.ts";
import { buy, type Purchase } from "./buyer.ts";

export interface StormPlan {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly buyers: number;
  /** The units of the storm's own product. */
  readonly stock: number;
  readonly atOnceMax: number;
  /** How many times each request is sent at once. */
  readonly copies: number;
  /** A product of the shop's to buy. The storm makes one of its own unless it is named. */
  readonly sku: string | undefined;
  /** Whether the audit reads the feed, from its beginning. */
  readonly withFeed: boolean;
}

export interface StormResult extends Pick<StormPlan, "url" | "buyers" | "atOnceMax" | "copies"> {
  readonly sku: string;
  /** Units of the product, and how many of them are sold, held and left after the storm. */
  readonly stock: { readonly total: number; readonly sold: number; readonly held: number; readonly left: number };
  readonly orders: Readonly<Record<"placed" | "confirmed" | "cancelled" | "refused" | "unsettled" | "replays", number>>;
  readonly seconds: number;
  readonly ordersPerSecond: number;
  readonly requestsPerSecond: number;
  /** Of placing, in milliseconds. */
  readonly latency: Readonly<Record<"p50" | "p95" | "p99", number>>;
  /** How many answers of each kind. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers that were not as promised. */
  readonly complaints: readonly string[];
  readonly audit: Pick<Audit, "breaches" | "orders" | "movements" | "events">;
}

/** Sends a rush of buyers to a deployment, and audits what it says afterwards. Rejects where it cannot be reached. */
export async function runStorm(
  { url, apiKey, buyers, stock, atOnceMax, copies, sku: named, withFeed }: StormPlan,
  signal: AbortSignal,
  report: (done: number) => void,
): Promise<StormResult> {
  const run = `storm-${Date.now().toString(36)}${randomBytes(2).toString("hex")}`;
  const sku = named ?? run;
  const shopper = await reach(url, { apiKey });
  if (named === undefined) await makeProduct(shopper, sku, stock);
  const answers = new Answers();
  const client = await reach(url, { apiKey, fetch: answers.fetch });
  const purchases: Purchase[] = [];
  const startedAt = performance.now();
  await eachAtOnce(Array(buyers).keys(), atOnceMax, async (n) => {
    if (signal.aborted) return;
    const end = n % 2 === 0 ? "confirm" : "cancel";
    purchases.push(await buy(client, { key: `${run}-${n}`, sku, copies, end }));
    report(purchases.length);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const orders = countsOf(purchases);
  const reader = new ApiReader(url, { apiKey });
  const own = named === undefined;
  const audit = await checkStock({
    url,
    apiKey,
    skus: [sku],
    stock,
    counts: own ? orders : undefined,
    withFeed,
  });
  const product = await reader.product(sku);
  return {
    url,
    sku,
    buyers: purchases.length,
    atOnceMax,
    copies,
    stock: {
      total: product.totalStock,
      sold: product.committedStock,
      held: product.reservedStock,
      left: product.availableStock,
    },
    orders,
    seconds,
    ordersPerSecond: orders.placed / seconds,
    requestsPerSecond: answers.requests / seconds,
    latency: { p50: answers.placedWithin(0.5), p95: answers.placedWithin(0.95), p99: answers.placedWithin(0.99) },
    answers: answers.counts,
    complaints: [...purchases.flatMap(({ complaints }) => complaints), ...(await forgotten(reader, sku, purchases))],
    audit,
  };
}

async function makeProduct(client: HoldfastClient, sku: string, totalStock: number): Promise<void> {
  const price = { amount: 100, currency: "EUR" };
  const created = await client.products.create({
    sku,
    name: `Storm of ${new Date().toISOString()}`,
    price,
    totalStock,
  });
  if (!created.ok) throw new Error(`the storm's product was refused: ${inWords(created)}`);
}

function countsOf(purchases: readonly Purchase[]): StormResult["orders"] {
  const ended = (end: Purchase["end"]) => purchases.filter((purchase) => purchase.end === end).length;
  return {
    placed: purchases.filter(({ orderId }) => orderId !== undefined).length,
    confirmed: ended("confirmed"),
    cancelled: ended("cancelled"),
    refused: ended("refused"),
    unsettled: ended("unsettled"),
    replays: purchases.reduce((sum, { replays }) => sum + replays, 0),
  };
}

/** Orders that were acknowledged, and that the shop lists otherwise or not at all. */
async function forgotten(reader: ApiReader, sku: string, purchases: readonly Purchase[]): Promise<string[]> {
  const listed = new Map((await reader.orders(sku)).map(({ id, status }) => [String(id), status]));
  const wanted = { confirmed: "CONFIRMED", cancelled: "CANCELLED", placed: "PENDING_PAYMENT" } as const;
  return purchases.flatMap(({ orderId, end }) => {
    if (orderId === undefined || end === "refused" || end === "unsettled") return [];
    const status = listed.get(orderId);
    if (status === wanted[end]) return [];
    return [
      `${orderId} was acknowledged as ${wanted[end]}, and the shop ${status === undefined ? "lists no such order" : `says ${status}`}`,
    ];
  });
}
