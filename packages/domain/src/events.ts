import type { BackorderLimit } from "./backorder.ts";
import type { StockLine } from "./cart.ts";
import type { Claim } from "./claim.ts";
import type { EventRow } from "./event-row.ts";
import type { EventRows } from "./event-rows.ts";
import type { Actor, CustomerId, Instant, LocationId, OrderId } from "./ids.ts";
import type { Money } from "./money.ts";
import type { Order } from "./order.ts";
import type { Metadata } from "./order-details.ts";
import type { ReportedPayment } from "./payment.ts";

/** What every event of an order says: which order, and which units of stock it is about. */
export interface OrderEvent {
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Left out: each line names its place. */
  readonly locationId?: LocationId;
  readonly lines: readonly StockLine[];
  /** The shop's own id for the order, where it has one. */
  readonly reference?: string;
  /** How far below zero the levels of products may go with it. Left out: not at all. */
  readonly backorders?: readonly BackorderLimit[];
}

export interface OrderPlaced extends OrderEvent {
  readonly type: "OrderPlaced";
  readonly metadata?: Metadata;
  readonly order: Order;
}

/** The shop wrote other details on it: all of them as they are now. Moves no stock. */
export interface OrderChanged extends OrderEvent {
  readonly type: "OrderChanged";
  readonly version: number;
  readonly metadata?: Metadata;
  readonly order: Order;
}

/** It has other lines from now on, which are those that the event names: the difference is held, or free again. */
export interface OrderLinesChanged extends OrderEvent {
  readonly type: "OrderLinesChanged";
  /** Each with its place, unless all were and are at `locationId`. */
  readonly linesBefore: readonly StockLine[];
  readonly version: number;
  /** Of all its lines. */
  readonly total: Money;
  /** The idempotency key that it was asked under. */
  readonly claim?: Claim;
  readonly order: Order;
}

/** Its reservation lasts longer. Moves no stock. */
export interface OrderExtended extends OrderEvent {
  readonly type: "OrderExtended";
  /** Until when it holds the stock from now on. */
  readonly expiresAt: Instant;
  /** The payment that is under way, where it was named. */
  readonly paymentReference?: string;
}

/** Its customer is known no more. Moves no stock. */
export interface CustomerErased extends OrderEvent {
  readonly type: "CustomerErased";
  /** The pseudonym that takes the place of the id. */
  readonly customerId: CustomerId;
}

export interface OrderConfirmed extends OrderEvent {
  readonly type: "OrderConfirmed";
  readonly payment: ReportedPayment;
}

export interface OrderCancelled extends OrderEvent {
  readonly type: "OrderCancelled";
  readonly at: Instant;
}

export interface OrderExpired extends OrderEvent {
  readonly type: "OrderExpired";
  readonly at: Instant;
}

/** Paid after the reservation had run out, with the stock still there: held anew and sold in one step. */
export interface LatePaymentAccepted extends OrderEvent {
  readonly type: "LatePaymentAccepted";
  readonly payment: ReportedPayment;
}

/** Paid after the reservation had run out, with the stock gone: the money is due back. Moves no stock. */
export interface LatePaymentRefused extends OrderEvent {
  readonly type: "LatePaymentRefused";
  readonly payment: ReportedPayment;
}

/** Paid after the reservation had run out, with the stock gone: a person has to decide. Moves no stock. */
export interface LatePaymentReferred extends OrderEvent {
  readonly type: "LatePaymentReferred";
  readonly payment: ReportedPayment;
}

/** A person decided to sell, and the stock was there once more: held anew and sold in one step. */
export interface LatePaymentApproved extends OrderEvent {
  readonly type: "LatePaymentApproved";
  readonly payment: ReportedPayment;
  readonly at: Instant;
}

/** A person decided not to sell: the money is due back. Moves no stock. */
export interface LatePaymentRejected extends OrderEvent {
  readonly type: "LatePaymentRejected";
  readonly payment: ReportedPayment;
}

/** The shopper gave up an order whose reservation had run out before: a payment that comes later sells nothing. Moves no stock. */
export interface ExpiredOrderCancelled extends OrderEvent {
  readonly type: "ExpiredOrderCancelled";
  readonly at: Instant;
}

/** A payment of an order that was cancelled, or that another payment is for: the money is due back. Moves no stock. */
export interface SurplusPaymentRecorded extends OrderEvent {
  readonly type: "SurplusPaymentRecorded";
  readonly payment: ReportedPayment;
}

/** The shop reported that the money of a payment went back. Moves no stock. */
export interface PaymentRefunded extends OrderEvent {
  readonly type: "PaymentRefunded";
  readonly payment: ReportedPayment;
}

/** All that can have happened: every event that has a row. */
export type Event = { [T in keyof EventRows]: EventOf<EventRows[T]> }[keyof EventRows];

/** The event that a row is of. */
export type EventOf<Row> = Row extends EventRow<infer E, infer _LeftOut> ? E : never;
