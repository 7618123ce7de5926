import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

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
