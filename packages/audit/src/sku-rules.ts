import type { Breach } from "./breach.ts";
import { ledgerBreaches, orderLedgerBreaches } from "./ledger-rules.ts";
import type { SkuReading } from "./sku-reading.ts";
import {
  earlyExpiryBreaches,
  orderBreaches,
  reconciliationBreaches,
  reservationBreaches,
  stockNumberBreaches,
} from "./stock-rules.ts";

/** What must hold of every SKU, whichever program reads it. */
export const rulesOfSku: readonly ((reading: SkuReading) => Breach[])[] = [
  stockNumberBreaches,
  orderBreaches,
  reservationBreaches,
  ledgerBreaches,
  orderLedgerBreaches,
  earlyExpiryBreaches,
  reconciliationBreaches,
];
