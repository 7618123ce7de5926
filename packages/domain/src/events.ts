import type { Adjustment } from "./adjustment.ts";
import type { StockLine } from "./cart.ts";
import type { Correction } from "./correction.ts";
import type { Actor, Instant, LocationId, OrderId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Payment } from "./payment.ts";
import type { Product } from "./product.ts";

export interface ProductCreated {
  readonly type: "ProductCreated";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly product: Product;
}

export interface StockAdjusted {
  readonly type: "StockAdjusted";
  readonly actor: Actor;
  readonly adjustment: Adjustment;
}

/** What every event of an order says: which order, and which units of stock it is about. */
export interface OrderEvent {
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly locationId: LocationId;
  readonly lines: readonly StockLine[];
}

export interface OrderPlaced extends OrderEvent {
  readonly type: "OrderPlaced";
  readonly order: Order;
}

export interface OrderConfirmed extends OrderEvent {
  readonly type: "OrderConfirmed";
  readonly payment: Payment;
}

export interface OrderCancelled extends OrderEvent {
  readonly type: "OrderCancelled";
  readonly at: Instant;
}

export interface OrderExpired extends OrderEvent {
  readonly type: "OrderExpired";
  readonly at: Instant;
}

/** Paid after the hold had run out, with the stock still there: held anew and sold in one step. */
export interface LatePaymentAccepted extends OrderEvent {
  readonly type: "LatePaymentAccepted";
  readonly payment: Payment;
}

/** Paid after the hold had run out, with the stock gone: the money is due back. Moves no stock. */
export interface LatePaymentRefused extends OrderEvent {
  readonly type: "LatePaymentRefused";
  readonly payment: Payment;
}

/** A level that did not add up was set right. Moves counters, and nothing that they count. */
export interface StockCorrected {
  readonly type: "StockCorrected";
  readonly actor: Actor;
  readonly correction: Correction;
}

/** Paid after the hold had run out, with the stock gone: a person has to decide. Moves no stock. */
export interface LatePaymentReferred extends OrderEvent {
  readonly type: "LatePaymentReferred";
  readonly payment: Payment;
}

/** A person decided to sell, and the stock was there once more: held anew and sold in one step. */
export interface LatePaymentApproved extends OrderEvent {
  readonly type: "LatePaymentApproved";
  readonly payment: Payment;
  readonly at: Instant;
}

/** A person decided not to sell: the money is due back. Moves no stock. */
export interface LatePaymentRejected extends OrderEvent {
  readonly type: "LatePaymentRejected";
  readonly payment: Payment;
}

/** The shopper gave up an order whose hold had run out before: a payment that comes later sells nothing. Moves no stock. */
export interface ExpiredOrderCancelled extends OrderEvent {
  readonly type: "ExpiredOrderCancelled";
  readonly at: Instant;
}

/** A payment of an order that was cancelled, or that another payment is for: the money is due back. Moves no stock. */
export interface SurplusPaymentRecorded extends OrderEvent {
  readonly type: "SurplusPaymentRecorded";
  readonly payment: Payment;
}

/** The shop reported that the money of a payment went back. Moves no stock. */
export interface PaymentRefunded extends OrderEvent {
  readonly type: "PaymentRefunded";
  readonly payment: Payment;
}

/** All that can have happened. */
export type Event =
  | ProductCreated
  | StockAdjusted
  | OrderPlaced
  | OrderConfirmed
  | OrderCancelled
  | OrderExpired
  | LatePaymentAccepted
  | LatePaymentRefused
  | StockCorrected
  | LatePaymentReferred
  | LatePaymentApproved
  | LatePaymentRejected
  | ExpiredOrderCancelled
  | SurplusPaymentRecorded
  | PaymentRefunded;
