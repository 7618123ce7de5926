import { randomUUID } from "node:crypto";
import { skusOf } from "../scenarios/sizes.ts";
import type { Figures } from "./figures.ts";
import { closedLoop, type Step } from "./load/closed-loop.ts";
import type { Measurement } from "./load/measurement.ts";
import { processorTime } from "./load/processor-time.ts";
import type { Round, RoundResult } from "./scenario.ts";
import { auditRound } from "./stock/audit-round.ts";
import { createProducts, plenty } from "./stock/products.ts";

export interface Shopping {
  readonly skuCount: number;
  readonly linesPerOrder?: number;
  /** Whether each order has another customer. By default orders have none. */
  readonly customers?: boolean;
}

/** The result of a round that placed orders, so that it has a rate. */
interface PlacedOrders extends RoundResult {
  readonly figures: Figures & Pick<Measurement, "rate">;
}

/** Places orders on this many new SKUs as fast as answers come, and audits them. */
export async function placeOrders(
  round: Round,
  { skuCount, linesPerOrder = 1, customers = false }: Shopping,
): Promise<PlacedOrders> {
  const { deployment, run, connections, seconds } = round;
  if (deployment.insertOrders !== undefined) {
    const { rate, p50, p99, slowest } = await deployment.insertOrders({ seconds, batchSize: connections });
    return { figures: { rate, p50, p99, slowest }, errors: 0, breaches: undefined };
  }
  const skus = scattered(skusOf(run, skuCount));
  await createProducts(deployment, skus, plenty);
  let sent = 0;
  const nextOrder = () => {
    const lines = Array.from({ length: linesPerOrder }, (_, line) => {
      return { sku: skus[(sent * linesPerOrder + line) % skus.length], quantity: 1 };
    });
    sent += 1;
    return JSON.stringify(customers ? { lines, customerId: `${run}-${sent}` } : { lines });
  };
  return placeOrdersOf(round, skus, nextOrder);
}

/** The same with orders as the caller makes them, of SKUs that it has created with `plenty` of stock each. */
export async function placeOrdersOf(
  { deployment, connections, seconds }: Round,
  skus: readonly string[],
  nextOrder: () => string,
): Promise<PlacedOrders> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const beganAt = Date.now();
  const processorBefore = processorTime();
  const measured = await closedLoop({ urls, apiKey, steps: [placing(nextOrder)], connections, seconds });
  const processorMicroseconds = (processorTime() - processorBefore) / measured.expected;
  await deployment.idle();
  const { rate, p50, p99, slowest, errors, expected, unread, generatorMicroseconds = Number.NaN } = measured;
  const figures = { rate, p50, p99, slowest, processorMicroseconds, generatorMicroseconds };
  if (!deployment.keepsStock) return { figures, errors, breaches: undefined };
  const counts = { placed: expected, confirmed: 0, cancelled: 0, unsettled: errors + unread };
  return { figures, errors, breaches: await auditRound({ url, apiKey, skus, stock: plenty, counts, beganAt }) };
}

/** A client's next order, with a random key. */
export function placing(bodyOf: () => string, expectedStatus = 201): Step {
  return { expectedStatus, request: () => ({ method: "POST", path: "/v1/orders", key: randomUUID(), body: bodyOf() }) };
}

/** Names that are not neighbours in an index, as in a real catalogue. */
function scattered(skus: readonly string[]): string[] {
  return skus.map((sku) => `${randomUUID().slice(0, 4)}-${sku}`);
}

/** The id in an answer; "" where it has none. */
export function idIn(body: string): string {
  return (JSON.parse(body) as { id?: string }).id ?? "";
}
