import type { AdjustmentReason } from "./adjustment.ts";
import type { StockLine } from "./cart.ts";
import type { Claim } from "./claim.ts";
import type { HoldBounds } from "./hold-bounds.ts";
import type { Actor, AdjustmentId, CorrectionId, CustomerId, LocationId, OrderId, Sku } from "./ids.ts";
import type { LatePaymentPolicy, ReviewDecision } from "./late-payment.ts";
import type { Money } from "./money.ts";
import type { StockFigures } from "./stock-level.ts";

/** Adds a product, with its first stock at `main`. */
export interface CreateProduct {
  readonly type: "CreateProduct";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly name: string;
  readonly price: Money;
  readonly totalStock: number;
  /** The adjustment that books the first stock, where there is any. */
  readonly adjustmentId: AdjustmentId;
  readonly claim?: Claim;
}

/** Counts stock up or down, with a reason. */
export interface AdjustStock {
  readonly type: "AdjustStock";
  readonly actor: Actor;
  readonly adjustmentId: AdjustmentId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly delta: number;
  readonly reason: AdjustmentReason;
  readonly reference?: string;
  readonly claim?: Claim;
}

/** Holds every line of a cart for a while, or none. */
export interface PlaceOrder {
  readonly type: "PlaceOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly customerId?: CustomerId;
  readonly locationId: LocationId;
  readonly lines: readonly StockLine[];
  readonly holdSeconds: number;
  /** Absent: nobody counts. */
  readonly bounds?: HoldBounds;
  readonly claim?: Claim;
}

/** The shopper has paid: the held stock is sold. Where nothing can be sold, the payment is recorded all the same. */
export interface ConfirmOrder {
  readonly type: "ConfirmOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Tells the payments of an order apart. Absent: whatever payment the order has is meant. */
  readonly paymentReference?: string;
  /** The shop's policy for a payment that is too late to sell anything. */
  readonly latePayment: LatePaymentPolicy;
}

/** The shopper will not pay: the held stock goes back. Where the hold has run out, a later payment sells nothing. */
export interface CancelOrder {
  readonly type: "CancelOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
}

/** The hold has run out: the held stock goes back. */
export interface ExpireOrder {
  readonly type: "ExpireOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
}

/** Sets a level that does not add up to what its sources add up to, as a person has reviewed them. */
export interface CorrectStock {
  readonly type: "CorrectStock";
  readonly actor: Actor;
  readonly correctionId: CorrectionId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** The reviewer's own words. */
  readonly reason: string;
  /** What the sources added up to when the reviewer saw them. */
  readonly expected: StockFigures;
  readonly claim?: Claim;
}

/** A person ends the review of a late payment. */
export interface ReviewLatePayment {
  readonly type: "ReviewLatePayment";
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly decision: ReviewDecision;
}

/** The shop has given the money of a payment back. */
export interface RecordRefund {
  readonly type: "RecordRefund";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Absent: the payment that was reported without one. */
  readonly paymentReference?: string;
  /** The refund's own id at the payment provider. */
  readonly refundReference?: string;
}

/** All that can be asked of Holdfast. */
export type Command =
  | CreateProduct
  | AdjustStock
  | PlaceOrder
  | ConfirmOrder
  | CancelOrder
  | ExpireOrder
  | CorrectStock
  | ReviewLatePayment
  | RecordRefund;
