export { ApiReader, type Ask } from "./api-reader.ts";
export type { Breach } from "./breach.ts";
export { type Audit, checkStock } from "./check-stock.ts";
export type { ShopperCounts } from "./shopper-rules.ts";
