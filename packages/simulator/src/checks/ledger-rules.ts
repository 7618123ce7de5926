// The oracle's rules: a second statement of those in the domain's event-rows.ts, written independently of it. Derive nothing here from
// the domain.
import type { Event, OrderId, OrderStatus, PaymentOutcome, ReservationStatus, StockLine } from "@holdfast/domain";

/** What happens to an order after it was placed. */
export type EndingEvent = Exclude<
  Extract<Event, { readonly orderId: OrderId; readonly lines: readonly StockLine[] }>,
  { readonly type: "OrderPlaced" | "OrderChanged" | "OrderLinesChanged" | "OrderExtended" | "CustomerErased" }
>;
export type EndingType = EndingEvent["type"];

/** Which statuses an event may find. */
export const finds: Readonly<Record<EndingType, readonly OrderStatus[]>> = {
  OrderConfirmed: ["PENDING_PAYMENT"],
  OrderCancelled: ["PENDING_PAYMENT"],
  OrderExpired: ["PENDING_PAYMENT"],
  LatePaymentAccepted: ["EXPIRED"],
  LatePaymentRefused: ["EXPIRED"],
  LatePaymentReferred: ["EXPIRED"],
  LatePaymentApproved: ["FAILED"],
  LatePaymentRejected: ["FAILED"],
  ExpiredOrderCancelled: ["EXPIRED"],
  SurplusPaymentRecorded: ["CONFIRMED", "CANCELLED", "FAILED"],
  PaymentRefunded: ["CONFIRMED", "CANCELLED", "FAILED"],
};

/** The statuses that an event gives the order and its reservation (left out: unchanged), and how it moves reserved and sold units. */
export const leaves: Readonly<
  Record<EndingType, { status?: OrderStatus; reservation?: ReservationStatus; reserved: number; committed: number }>
> = {
  OrderConfirmed: { status: "CONFIRMED", reservation: "CONFIRMED", reserved: -1, committed: 1 },
  OrderCancelled: { status: "CANCELLED", reservation: "CANCELLED", reserved: -1, committed: 0 },
  OrderExpired: { status: "EXPIRED", reservation: "EXPIRED", reserved: -1, committed: 0 },
  LatePaymentAccepted: { status: "CONFIRMED", reservation: "CONFIRMED", reserved: 0, committed: 1 },
  LatePaymentRefused: { status: "FAILED", reserved: 0, committed: 0 },
  LatePaymentReferred: { status: "FAILED", reserved: 0, committed: 0 },
  LatePaymentApproved: { status: "CONFIRMED", reservation: "CONFIRMED", reserved: 0, committed: 1 },
  LatePaymentRejected: { status: "FAILED", reserved: 0, committed: 0 },
  ExpiredOrderCancelled: { status: "CANCELLED", reserved: 0, committed: 0 },
  SurplusPaymentRecorded: { reserved: 0, committed: 0 },
  PaymentRefunded: { reserved: 0, committed: 0 },
};

/** Events with a payment: the outcome recorded before (left out: the payment is new), and the outcome that the event records. */
export const pays: Readonly<Partial<Record<EndingType, { finds?: PaymentOutcome; leaves: PaymentOutcome }>>> = {
  OrderConfirmed: { leaves: "ON_TIME" },
  LatePaymentAccepted: { leaves: "REHELD" },
  LatePaymentRefused: { leaves: "REFUND_DUE" },
  LatePaymentReferred: { leaves: "REVIEW_DUE" },
  LatePaymentApproved: { finds: "REVIEW_DUE", leaves: "REHELD" },
  LatePaymentRejected: { finds: "REVIEW_DUE", leaves: "REFUND_DUE" },
  SurplusPaymentRecorded: { leaves: "REFUND_DUE" },
  PaymentRefunded: { finds: "REFUND_DUE", leaves: "REFUNDED" },
};

/** How a review ended. */
export const decisions = { LatePaymentApproved: "SELL", LatePaymentRejected: "REFUND" } as const;
