import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

/** All orders are for one SKU. */
export const hot: LoadScenario = {
  kind: "load",
  name: "hot",
  says: "orders of one SKU",
  counts: "orders",
  variants: ["no-op", "standalone", "mongo", "classic", "insert-limit"],
  run: (round) => placeOrders(round, { skuCount: 1 }),
};
