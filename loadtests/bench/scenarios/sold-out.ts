import { closedLoop } from "../load/closed-loop.ts";
import { placing } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { ask, createProducts, post, type Shop, soldOutPrefix } from "../stock/products.ts";

/** Orders for a SKU that is sold out. */
export const soldOut: LoadScenario = {
  kind: "load",
  name: "sold-out",
  says: "orders of one SKU of which nothing is left",
  counts: "refusals",
  variants: ["no-op", "standalone", "mongo"],
  run: refuseOrders,
};

async function refuseOrders({ deployment, run, connections, seconds }: Round): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const sku = `${soldOutPrefix}-${run}`;
  await createProducts(deployment, [sku], 1);
  const beganAt = Date.now();
  const order = { lines: [{ sku, quantity: 1 }] };
  const body = JSON.stringify(order);
  // Sell the last unit. The app without an engine has no stock.
  if (deployment.keepsStock) await post(deployment, "/v1/orders", order);
  await assertSoldOut(deployment, order);
  const measured = await closedLoop({ urls, apiKey, steps: [placing(() => body, 409)], connections, seconds });
  await deployment.idle();
  const { rate, p50, p99, slowest, errors } = measured;
  const figures = { rate, p50, p99, slowest };
  if (!deployment.keepsStock) return { figures, errors, breaches: undefined };
  const counts = { placed: 1, confirmed: 0, cancelled: 0, unsettled: 0 };
  return { figures, errors, breaches: await auditRound({ url, apiKey, skus: [sku], stock: 1, counts, beganAt }) };
}

/** Checks the reason of a refusal beforehand, since the measurement looks at the status only. */
async function assertSoldOut(shop: Shop, order: object): Promise<void> {
  const response = await ask(shop, "/v1/orders", order);
  const { code } = (await response.json()) as { code?: string };
  if (code !== "insufficient_stock") throw new Error(`a sold-out SKU was answered ${response.status} ${code}`);
}
