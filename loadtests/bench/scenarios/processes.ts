import { placeOrders } from "../place-orders.ts";
import type { LoadScenario } from "../scenario.ts";

/** Processes that fight for one stock level: each commit of one makes the others' begin again. */
export const processes: LoadScenario = {
  kind: "load",
  name: "processes",
  says: "orders of one SKU, over 1, 2 and 4 APIs",
  counts: "orders",
  variants: ["mongo", "mongo-2-apis", "mongo-4-apis"],
  run: (round) => placeOrders(round, { skuCount: 1 }),
};
