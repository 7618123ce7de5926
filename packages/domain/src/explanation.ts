import type { Adjustment } from "./adjustment.ts";
import type { Correction } from "./correction.ts";
import type { Part } from "./counted.ts";
import type { TransferParts } from "./explained-transfers.ts";
import type { AdjustmentId, FulfilmentId, Instant, OrderId, ReceiptId, ReversalId } from "./ids.ts";
import type { StockFigures, StockLevel } from "./stock-level.ts";
import type { Unreadable } from "./stored/unreadable.ts";

/** An order's units of one level. */
export interface OrderUnits {
  readonly orderId: OrderId;
  readonly units: number;
  readonly placedAt: Instant;
}

/** A fulfilment's units of one level. */
export interface ShippedUnits {
  readonly fulfilmentId: FulfilmentId;
  readonly orderId: OrderId;
  readonly units: number;
  readonly at: Instant;
}

/** A reversal's units of one level. */
export interface ReversedUnits {
  readonly reversalId: ReversalId;
  readonly orderId: OrderId;
  readonly units: number;
  readonly at: Instant;
}

/** An adjustment's, a return's or a receipt's units of one level that cannot be sold. */
export interface UnsellableUnits {
  readonly adjustmentId?: AdjustmentId;
  readonly reversalId?: ReversalId;
  readonly receiptId?: ReceiptId;
  readonly units: number;
  readonly at: Instant;
}

/**
 * What adds up to a level's numbers:
 *
 * - totalStock = adjustments - shipped + restocked - sent + arrived + corrections + unexplained
 * - reservedStock = held + awaiting + corrections + unexplained
 * - committedStock = sold - shipped - cancelled + corrections + unexplained
 * - unsellableStock = unsellable + corrections + unexplained
 * - incomingStock = expected - arrived + corrections + unexplained
 */
export interface Explanation extends TransferParts {
  readonly level: StockLevel;
  readonly adjustments: Part<Adjustment>;
  /** By orders that await their payment. */
  readonly held: Part<OrderUnits>;
  /** To orders that are paid, shipped or not. */
  readonly sold: Part<OrderUnits>;
  /** That have left with fulfilments. */
  readonly shipped: Part<ShippedUnits>;
  /** That were cancelled after they were sold and before they left. */
  readonly cancelled: Part<ReversedUnits>;
  /** That have come back and are there, sellable or not. */
  readonly restocked: Part<ReversedUnits>;
  /** That have become unsellable, or were taken off what is so. */
  readonly unsellable: Part<UnsellableUnits>;
  readonly corrections: Part<Correction, StockFigures>;
  /** What no journal entry moved: someone edited the level, and a later entry found it so. A correction evens it out. */
  readonly unexplained: StockFigures;
  /** Entries that could not be read, the first few of them. Unless there are none, every sum here may lack what they moved. */
  readonly unreadable: readonly Unreadable[];
}
