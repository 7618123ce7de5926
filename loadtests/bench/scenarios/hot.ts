import { placeOrders } from "../place-orders.ts";
import type { BenchScenario } from "../round.ts";

/** Everybody wants the same thing. */
export const hot: BenchScenario = { name: "hot", says: "orders of one SKU", run: placeOrders(1) };
