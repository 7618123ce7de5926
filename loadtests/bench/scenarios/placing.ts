import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";

/** All orders are for one SKU. */
export const hot: LoadScenario = {
  kind: "load",
  name: "hot",
  says: "orders of one SKU",
  counts: "orders",
  variants: [
    "bare",
    "peer",
    "no-op",
    "no-op-keyless",
    "standalone",
    "standalone-keyless",
    "mongo",
    "classic",
    "insert-limit",
  ],
  run: (round) => placeOrders(round, { skuCount: 1 }),
};

/** Orders spread over many SKUs. */
export const spread: LoadScenario = {
  kind: "load",
  name: "spread",
  says: "orders over 500 SKUs",
  counts: "orders",
  variants: ["bare", "peer", "no-op", "standalone", "mongo", "classic"],
  run: (round) => placeOrders(round, { skuCount: round.sizes.spreadSkus }),
};

const linesPerOrder = 3;

/** Carts of several lines, from a large catalogue. */
export const carts: LoadScenario = {
  kind: "load",
  name: "carts",
  says: "orders of 3 lines, over 5,000 SKUs",
  counts: "orders",
  variants: ["no-op", "standalone", "mongo"],
  run: (round) => placeOrders(round, { skuCount: round.sizes.cartSkus, linesPerOrder }),
};

/** Several processes that change one stock level, where each commit makes those of the others start again. */
export const processes: LoadScenario = {
  kind: "load",
  name: "processes",
  says: "orders of one SKU, then over 500 SKUs, over 1, 2 and 4 APIs",
  counts: "orders of one SKU",
  variants: ["mongo", "mongo-2-apis", "mongo-4-apis"],
  run: placeHotThenSpread,
};

/** What further cores are good for: threads that serve HTTP beside the one with the engine. */
export const cores: LoadScenario = {
  kind: "load",
  name: "cores",
  says: "orders of one SKU, with 1 and with 4 threads that serve HTTP",
  counts: "orders",
  variants: ["standalone-1-thread", "standalone-4-threads"],
  run: (round) => placeOrders(round, { skuCount: 1 }),
};

/** Placing orders in a shop that has a year of orders. */
export const aged: LoadScenario = {
  kind: "load",
  name: "aged",
  says: "orders of one SKU, then over 500 SKUs, on an empty database and on one with 1M orders over 100,000 SKUs",
  counts: "orders of one SKU",
  variants: ["standalone", "standalone-aged"],
  run: placeHotThenSpread,
};

/** What one Durable Object can do. */
export const edge: LoadScenario = {
  kind: "load",
  name: "edge",
  says: "orders of one SKU, then over 500 SKUs, on the standalone and in a Durable Object",
  counts: "orders of one SKU",
  variants: ["standalone", "edge"],
  run: placeHotThenSpread,
};

async function placeHotThenSpread(round: Round): Promise<RoundResult> {
  const hot = await placeOrders({ ...round, run: `${round.run}-hot` }, { skuCount: 1 });
  const spread = await placeOrders({ ...round, run: `${round.run}-spread` }, { skuCount: round.sizes.spreadSkus });
  return {
    figures: { ...hot.figures, spreadRate: spread.figures.rate },
    errors: hot.errors + spread.errors,
    breaches: [...(hot.breaches ?? []), ...(spread.breaches ?? [])],
  };
}
