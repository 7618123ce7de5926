import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

/** Several processes that change one stock level, where each commit makes those of the others start again. */
export const processes: LoadScenario = {
  kind: "load",
  name: "processes",
  says: "orders of one SKU, over 1, 2 and 4 APIs",
  counts: "orders",
  variants: ["mongo", "mongo-2-apis", "mongo-4-apis"],
  run: (round) => placeOrders(round, { skuCount: 1 }),
};
