import { skusOf } from "../../scenarios/sizes.ts";
import { closedLoop, type Step } from "../load/closed-loop.ts";
import { idIn, placeOrders, placing } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { createProducts, plenty } from "../stock/products.ts";

/** A whole checkout: an order is placed, confirmed or cancelled, and read. */
export const lifecycle: LoadScenario = {
  kind: "load",
  name: "lifecycle",
  says: "orders of one SKU, each placed, then confirmed or cancelled in turn, then read",
  counts: "orders",
  variants: ["no-op", "standalone", "mongo"],
  run: async (round) => {
    const placed = await placeOrders({ ...round, run: `${round.run}-hot` }, { skuCount: 1 });
    const lived = await liveThrough(round);
    return {
      figures: { ...lived.figures, hotRate: placed.figures.rate },
      errors: placed.errors + lived.errors,
      breaches: placed.breaches && lived.breaches && [...placed.breaches, ...lived.breaches],
    };
  },
};

async function liveThrough({ deployment, run, connections, seconds }: Round): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const [sku = ""] = skusOf(run, 1);
  await createProducts(deployment, [sku], plenty);
  const beganAt = Date.now();
  const counts = { placed: 0, confirmed: 0, cancelled: 0 };
  let read = 0;
  const order = JSON.stringify({ lines: [{ sku, quantity: 1 }] });
  const place: Step = {
    ...placing(() => order),
    onAnswer: (visit, body) => {
      visit.orderId = idIn(body);
      counts.placed += 1;
    },
  };
  const end: Step = {
    expectedStatus: 200,
    request: (visit) => {
      visit.ending = (counts.confirmed + counts.cancelled) % 2 === 0 ? "confirm" : "cancel";
      const path = `/v1/orders/${visit.orderId}/${visit.ending}`;
      return visit.ending === "cancel" ? { method: "POST", path } : { method: "POST", path, body: "{}" };
    },
    onAnswer: ({ ending }) => {
      if (ending === "confirm") counts.confirmed += 1;
      else counts.cancelled += 1;
    },
  };
  const look: Step = {
    expectedStatus: 200,
    request: ({ orderId }) => ({ method: "GET", path: `/v1/orders/${orderId}` }),
    onAnswer: () => {
      read += 1;
    },
  };
  const began = performance.now();
  const measured = await closedLoop({ urls, apiKey, steps: [place, end, look], connections, seconds });
  const rate = (read * 1000) / (performance.now() - began);
  await deployment.idle();
  const { p50, p99, slowest, errors, unread } = measured;
  const figures = { rate, p50, p99, slowest };
  if (!deployment.keepsStock) return { figures, errors, breaches: undefined };
  const allCounts = { ...counts, unsettled: errors + unread };
  return {
    figures,
    errors,
    breaches: await auditRound({ url, apiKey, skus: [sku], stock: plenty, counts: allCounts, beganAt }),
  };
}
