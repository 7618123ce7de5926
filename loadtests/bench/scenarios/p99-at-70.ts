import { randomUUID } from "node:crypto";
import { openLoop } from "../load/open-loop.ts";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { createProducts, plenty } from "../stock/products.ts";
import type { VariantName } from "../variants/index.ts";

const partOfPeak = 0.7;

/** The variant whose peak sets the rate for the apps without an engine: latencies compare only at the same rate. */
const yardstick: VariantName = "standalone";

/** Latency at a steady rate below the peak, whether or not earlier requests are answered. */
export const p99At70: LoadScenario = {
  kind: "load",
  name: "p99-at-70",
  says: "orders of one SKU, coming at 70 % of the peak rate; without an engine and to a bare app, of the standalone's",
  counts: "orders",
  variants: ["bare", "no-op", "standalone", "mongo"],
  warmUp: (round) => placeOrders(round, { skuCount: 1 }),
  loads: async (deployments, { run, ...pressure }) => {
    const loads = new Map<VariantName, number>();
    for (const [variant, deployment] of deployments) {
      const round = { ...pressure, variant, deployment, run: `${run}-${variant}`, perSecond: undefined };
      loads.set(variant, partOfPeak * (await placeOrders(round, { skuCount: 1 })).figures.rate);
    }
    const theirs = loads.get(yardstick);
    for (const without of ["bare", "no-op"] as const) {
      if (theirs !== undefined && loads.has(without)) loads.set(without, theirs);
    }
    return loads;
  },
  run: placeSteadily,
};

async function placeSteadily({ deployment, run, seconds, perSecond = 1 }: Round): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  await createProducts(deployment, [run], plenty);
  const beganAt = Date.now();
  const body = JSON.stringify({ lines: [{ sku: run, quantity: 1 }] });
  const measured = await openLoop({
    url,
    apiKey,
    path: "/v1/orders",
    expectedStatus: 201,
    requestOf: () => ({ key: randomUUID(), body }),
    perSecond,
    seconds,
    settleSeconds: 2,
  });
  const { rate, p50, p99, slowest, sentLateP99, errors, expected, unread } = measured;
  const figures = { rate, p50, p99, slowest, offeredRate: perSecond, sentLateP99 };
  if (!deployment.keepsStock) return { figures, errors, breaches: undefined };
  const counts = { placed: expected, confirmed: 0, cancelled: 0, unsettled: errors + unread };
  return { figures, errors, breaches: await auditRound({ url, apiKey, skus: [run], stock: plenty, counts, beganAt }) };
}
