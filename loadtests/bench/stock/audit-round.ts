import { ApiReader, type Ask, type Breach, checkStock, type ShopperCounts } from "@holdfast/audit";

/** How many SKUs to audit in full after a round, by default. If there are more, evenly spread ones are taken. */
const auditedSkusMax = 100;

/**
 * How far the clock of the orders' times may lag behind ours. Looking back further counts no other orders, since a round has SKUs of its
 * own.
 */
const clockLagMsMax = 60_000;

export interface RoundAudit {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly skus: readonly string[];
  /** The initial stock of each. */
  readonly stock: number;
  readonly counts: ShopperCounts;
  /** Before the first order of the round. Milliseconds since 1970. */
  readonly beganAt: number;
  readonly expiryMsMax?: number;
  readonly sampleMax?: number;
  readonly ask?: Ask;
}

/** Audits a round's stock. If there are too many SKUs to read all of them, it counts orders in the list of orders. */
export async function auditRound({
  beganAt,
  sampleMax = auditedSkusMax,
  ...audited
}: RoundAudit): Promise<readonly Breach[]> {
  // The feed grows with all rounds, so leave it out. `pnpm load` and `pnpm chaos` audit it.
  const request = { ...audited, withFeed: false };
  const { url, apiKey, skus, counts, ask = fetch } = request;
  if (skus.length <= sampleMax) return (await checkStock(request)).breaches;
  const every = skus.length / sampleMax;
  const some = Array.from({ length: sampleMax }, (_, index) => skus[Math.floor(index * every)] ?? "");
  const placed = await countOrders(new ApiReader(url, { ask, apiKey }), new Set(skus), beganAt - clockLagMsMax);
  const { breaches } = await checkStock({ ...request, skus: some, counts: undefined });
  const most = counts.placed + counts.unsettled;
  if (placed >= counts.placed && placed <= most) return breaches;
  const says = `${counts.placed} to ${most} orders were placed, the API lists ${placed}`;
  return [...breaches, { rule: "as the shoppers saw it", says }];
}

async function countOrders(api: ApiReader, skus: ReadonlySet<string>, from: number): Promise<number> {
  const orders = await api.ordersSince(new Date(from).toISOString());
  return orders.filter(({ lines }) => lines.some(({ sku }) => skus.has(sku))).length;
}

/** The audit when there are too many orders to read: the reconciliation of each SKU, and the units held in all. */
export async function auditSums(api: ApiReader, skus: readonly string[], orders: number): Promise<Breach[]> {
  const breaches: Breach[] = [];
  let held = 0;
  for (const sku of skus) {
    const { ok, drift } = await api.reconciliation(sku);
    if (!ok) breaches.push({ rule: "reconciliation", says: `${sku}: drift ${JSON.stringify(drift)}` });
    held += (await api.product(sku)).reservedStock;
  }
  if (held !== orders) {
    breaches.push({ rule: "as the shoppers saw it", says: `${orders} orders of a unit were placed, ${held} are held` });
  }
  return breaches;
}
