import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

/** Orders spread over many SKUs. */
export const spread: LoadScenario = {
  kind: "load",
  name: "spread",
  says: "orders over 500 SKUs",
  counts: "orders",
  variants: ["no-op", "standalone", "mongo", "classic"],
  run: (round) => placeOrders(round, { skuCount: round.sizes.spreadSkus }),
};
