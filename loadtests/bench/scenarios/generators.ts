import { k6ClosedLoop } from "../load/k6-closed-loop.ts";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { createProducts, plenty } from "../stock/products.ts";

/** The same load from two generators, to see what the generator itself costs. */
export const generators: LoadScenario = {
  kind: "load",
  name: "generators",
  says: "orders of one SKU, from autocannon and then from k6, and what each takes of the machine",
  counts: "orders from autocannon",
  variants: ["no-op", "standalone"],
  warmUp: (round) => placeOrders(round, { skuCount: 1 }),
  run: async (round) => {
    const placed = await placeOrders({ ...round, run: `${round.run}-a` }, { skuCount: 1 });
    const byK6 = await placeByK6(round);
    return {
      figures: { ...placed.figures, ...byK6.figures },
      errors: placed.errors + byK6.errors,
      breaches: placed.breaches && byK6.breaches && [...placed.breaches, ...byK6.breaches],
    };
  },
};

async function placeByK6({ deployment, run, connections, seconds }: Round): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const sku = `${run}-k6`;
  await createProducts(deployment, [sku], plenty);
  const beganAt = Date.now();
  const { placed, rate, p99, requests, microsecondsPerRequest } = await k6ClosedLoop({
    url,
    apiKey,
    sku,
    connections,
    seconds,
  });
  const figures = { k6Rate: rate, k6P99: p99, k6Microseconds: microsecondsPerRequest };
  const errors = requests - placed;
  if (!deployment.keepsStock) return { figures, errors, breaches: undefined };
  const counts = { placed, confirmed: 0, cancelled: 0, unsettled: errors + connections };
  return { figures, errors, breaches: await auditRound({ url, apiKey, skus: [sku], stock: plenty, counts, beganAt }) };
}
