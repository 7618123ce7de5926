import { skusOf } from "../../scenarios/sizes.ts";
import { closedLoop, type Step } from "../load/closed-loop.ts";
import { idIn, placing } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { createProducts, plenty } from "../stock/products.ts";

/** A whole sale: an order is placed and paid, and leaves. */
export const fulfil: LoadScenario = {
  kind: "load",
  name: "fulfil",
  says: "orders of one SKU, each placed, confirmed and fulfilled",
  counts: "orders",
  variants: ["standalone", "mongo"],
  run: sellAndShip,
};

async function sellAndShip({ deployment, run, connections, seconds }: Round): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const [sku = ""] = skusOf(run, 1);
  await createProducts(deployment, [sku], plenty);
  const beganAt = Date.now();
  const counts = { placed: 0, confirmed: 0, cancelled: 0, fulfilled: 0 };
  const order = JSON.stringify({ lines: [{ sku, quantity: 1 }] });
  const place: Step = {
    ...placing(() => order),
    onAnswer: (visit, body) => {
      visit.orderId = idIn(body);
      counts.placed += 1;
    },
  };
  const confirm: Step = {
    expectedStatus: 200,
    request: ({ orderId }) => ({ method: "POST", path: `/v1/orders/${orderId}/confirm`, body: "{}" }),
    onAnswer: () => {
      counts.confirmed += 1;
    },
  };
  const ship: Step = {
    expectedStatus: 201,
    request: ({ orderId }) => ({ method: "POST", path: `/v1/orders/${orderId}/fulfilments`, body: "{}" }),
    onAnswer: () => {
      counts.fulfilled += 1;
    },
  };
  const began = performance.now();
  const measured = await closedLoop({ urls, apiKey, steps: [place, confirm, ship], connections, seconds });
  const rate = (counts.fulfilled * 1000) / (performance.now() - began);
  await deployment.idle();
  const { p50, p99, slowest, errors, unread } = measured;
  const allCounts = { ...counts, unsettled: errors + unread };
  return {
    figures: { rate, p50, p99, slowest },
    errors,
    breaches: await auditRound({ url, apiKey, skus: [sku], stock: plenty, counts: allCounts, beganAt }),
  };
}
