import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

/** Placing orders in a shop that has a year of orders. */
export const aged: LoadScenario = {
  kind: "load",
  name: "aged",
  says: "orders of one SKU, then over 500 SKUs, on an empty database and on one with 1M orders over 100,000 SKUs",
  counts: "orders of one SKU",
  variants: ["standalone", "standalone-aged"],
  run: async (round) => {
    const hot = await placeOrders({ ...round, run: `${round.run}-hot` }, { skuCount: 1 });
    const spread = await placeOrders({ ...round, run: `${round.run}-spread` }, { skuCount: round.sizes.spreadSkus });
    return {
      figures: { ...hot.figures, spreadRate: spread.figures.rate },
      errors: hot.errors + spread.errors,
      breaches: [...(hot.breaches ?? []), ...(spread.breaches ?? [])],
    };
  },
};
