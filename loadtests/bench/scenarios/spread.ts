import { placeOrders } from "../place-orders.ts";
import type { BenchScenario } from "../round.ts";

/** An ordinary day. */
export const spread: BenchScenario = { name: "spread", says: "orders over 500 SKUs", run: placeOrders(500) };
