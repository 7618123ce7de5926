import type { ApiReader } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import { explanationBreaches } from "./explain-rules.ts";
import { moneyBreaches } from "./money-rules.ts";
import { paymentBreaches } from "./payment-rules.ts";
import { readSku } from "./sku-reading.ts";
import { rulesOfSku } from "./sku-rules.ts";

/** What the audit of one SKU found, and how much it looked at. */
export interface SkuAudit {
  readonly breaches: readonly Breach[];
  readonly levels: number;
  readonly orders: number;
  readonly movements: number;
}

/**
 * Audits the books of one SKU of a shop that may be in use. Throws `StockMoves` where it sells too fast to be read at one moment, and
 * where the API does not answer as its contract says.
 */
export async function auditSku(api: ApiReader, sku: string): Promise<SkuAudit> {
  const reading = await readSku(api, sku);
  const { levels } = reading.product;
  const explanations = await Promise.all(levels.map(({ locationId }) => api.explanation(sku, locationId)));
  return {
    breaches: [
      ...rulesOfSku.flatMap((rule) => rule(reading)),
      ...paymentBreaches(reading.orders, undefined),
      ...moneyBreaches(reading.orders, undefined),
      ...explanations.flatMap(explanationBreaches),
    ],
    levels: levels.length,
    orders: reading.orders.length,
    movements: reading.movements.length,
  };
}
