import { unreachable } from "./bug.ts";
import type { StockLine } from "./cart.ts";
import type { LocationId } from "./ids.ts";
import type { JournalRecord } from "./journal-record.ts";
import type { LevelChange } from "./stock-level.ts";

/**
 * What an event moves, level by level: the whole bookkeeping of Holdfast in one table.
 *
 * | event               | total | reserved | committed |
 * |---------------------|-------|----------|-----------|
 * | StockAdjusted       | delta |          |           |
 * | OrderPlaced         |       | +        |           |
 * | OrderConfirmed      |       | -        | +         |
 * | OrderCancelled      |       | -        |           |
 * | OrderExpired        |       | -        |           |
 * | LatePaymentAccepted |       |          | +         |
 * | LatePaymentApproved |       |          | +         |
 * | StockCorrected      | back to what the sources add up to |||
 */
export function levelChanges(event: JournalRecord): LevelChange[] {
  switch (event.type) {
    case "ProductCreated":
    case "LatePaymentRefused":
    case "LatePaymentReferred":
    case "LatePaymentRejected":
    case "ExpiredOrderCancelled":
    case "SurplusPaymentRecorded":
    case "PaymentRefunded":
      return [];
    case "StockAdjusted": {
      const { sku, locationId, delta } = event.adjustment;
      return [{ sku, locationId, totalStock: delta, reservedStock: 0, committedStock: 0 }];
    }
    case "OrderPlaced":
      return eachLine(event, 1, 0);
    case "OrderConfirmed":
      return eachLine(event, -1, 1);
    case "OrderCancelled":
    case "OrderExpired":
      return eachLine(event, -1, 0);
    case "LatePaymentAccepted":
    case "LatePaymentApproved":
      return eachLine(event, 0, 1);
    case "StockCorrected": {
      const { sku, locationId, change } = event.correction;
      return [{ sku, locationId, ...change }];
    }
    default:
      return unreachable(event);
  }
}

function eachLine(
  event: { readonly locationId: LocationId; readonly lines: readonly StockLine[] },
  reserved: -1 | 0 | 1,
  committed: 0 | 1,
): LevelChange[] {
  return event.lines.map(({ sku, quantity }) => ({
    sku,
    locationId: event.locationId,
    totalStock: 0,
    reservedStock: reserved * quantity,
    committedStock: committed * quantity,
  }));
}
