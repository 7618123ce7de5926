export { ApiReader, type Ask } from "./api-reader.ts";
export { auditSku } from "./audit-sku.ts";
export type { Breach } from "./breach.ts";
export { type Audit, checkStock } from "./check-stock.ts";
export { type FeedPlace, feedGapBreaches } from "./feed-rules.ts";
export type { ShopperCounts } from "./shopper-rules.ts";
export { StockMoves } from "./sku-reading.ts";
