import { entity } from "./entity-declaration.ts";
import type { Instant, OrderId } from "./ids.ts";
import { type Review, reviewDecisions } from "./late-payment.ts";
import type { Order } from "./order.ts";
import type { Tables } from "./snapshot.ts";
import { faultOf, ifThere, instant, nested, oneOf, quantity, text, textIfThere } from "./stored/record-checks.ts";

/**
 * What became of a payment that sold nothing. `REFUND_DUE`: the money is due back. `REVIEW_DUE`: a person has yet to
 * decide. `REFUNDED`: the shop has reported that the money went back.
 */
export const unsoldOutcomes = ["REFUND_DUE", "REVIEW_DUE", "REFUNDED"] as const;
export type UnsoldOutcome = (typeof unsoldOutcomes)[number];

/** What came of a payment. `ON_TIME`: it sold what was held. `REHELD`: paid late, and the stock was there once more. */
export const paymentOutcomes = ["ON_TIME", "REHELD", ...unsoldOutcomes] as const;
export type PaymentOutcome = (typeof paymentOutcomes)[number];

/** How the shop gave the money back. */
export interface Refund {
  /** The refund's id at the payment provider. */
  readonly reference?: string;
  readonly at: Instant;
}

/** A payment as the shop reported it, and what came of it: what events and answers say. */
export interface ReportedPayment {
  /** The payment's id at the payment provider. An order has one payment of a reference, and one without at most. */
  readonly reference?: string;
  readonly at: Instant;
  /** Its state. Each one leads on, and none comes back: stores guard a payment by it. */
  readonly outcome: PaymentOutcome;
  /** Set where a person has decided. */
  readonly review?: Review;
  /** Set once it is REFUNDED. */
  readonly refund?: Refund;
}

/** A payment as it is kept. */
export interface Payment extends ReportedPayment {
  readonly orderId: OrderId;
  /** 1, 2, 3 ... in the order in which the order's payments came. */
  readonly number: number;
}

const checks = {
  reference: textIfThere,
  at: instant,
  outcome: oneOf(...paymentOutcomes),
  review: ifThere(nested(faultOf<Review>("a review", { decision: oneOf(...reviewDecisions), at: instant }))),
  refund: ifThere(nested(faultOf<Refund>("a refund", { reference: textIfThere, at: instant }))),
};

/** What is wrong with a payment as events say it. */
export const paymentFault = faultOf<ReportedPayment>("a payment", checks);

export const payments = entity<Payment>()({
  kind: "payment",
  key: ["orderId", "number"],
  guards: ["outcome"],
  isNamedByOthers: true,
  fault: faultOf<Payment>("a payment", { ...checks, orderId: text, number: quantity }),
  searched: { reference: ({ reference }) => reference },
  searchedParts: {},
});

/** How many of an order's payments came to each outcome. An outcome that none came to is left out. */
export type PaymentCounts = { readonly [O in PaymentOutcome]?: number };

/** What an order says of its payments. */
type Counted = Pick<Order, "paymentCounts">;

/** The same, and of the money for what was cancelled or returned. */
type Due = Pick<Order, "paymentCounts" | "refundDue">;

export function paymentKey(orderId: string, number: number): string {
  return `${orderId}@${number}`;
}

export function paymentCountOf({ paymentCounts }: Counted): number {
  let count = 0;
  for (const outcome in paymentCounts) count += paymentCounts[outcome as PaymentOutcome] ?? 0;
  return count;
}

/** Most orders are read before they have a payment. */
const none: readonly never[] = [];

/** The keys of all payments of an order. */
export function paymentKeysOf(order: Counted & Pick<Order, "id">): readonly string[] {
  const count = paymentCountOf(order);
  return count === 0 ? none : Array.from({ length: count }, (_, index) => paymentKey(order.id, index + 1));
}

/** All payments of an order, in the order in which they came. Each has to be among those that were read. */
export function paymentsOf(
  order: Counted & Pick<Order, "id">,
  { payments }: Pick<Tables, "payments">,
): readonly Payment[] {
  const keys = paymentKeysOf(order);
  return keys.length === 0 ? none : keys.flatMap((key) => payments.get(key) ?? []);
}

/** The payment of a reference (`undefined`: the one that came without), or `undefined` where there is none. */
export function paymentOf<P extends ReportedPayment>(
  payments: readonly P[],
  reference: string | undefined,
): P | undefined {
  return payments.find((payment) => payment.reference === reference);
}

/** The payment that a person has to decide on, or has decided on. */
export function reviewedPayment<P extends ReportedPayment>(payments: readonly P[]): P | undefined {
  return payments.find(({ outcome, review }) => outcome === "REVIEW_DUE" || review !== undefined);
}

/** What events say of a payment. */
export function reportOf({ orderId: _orderId, number: _number, ...reported }: Payment): ReportedPayment {
  return reported;
}

/** Whether the order's units are sold for this payment. At most one of an order's payments is that one. */
export function isSold({ outcome }: Pick<Payment, "outcome">): boolean {
  return outcome === "ON_TIME" || outcome === "REHELD";
}

/** What an event makes of a payment: the earlier record of it anew, or the order's next one. */
export function paymentAfter(
  order: Counted & Pick<Order, "id">,
  before: Payment | undefined,
  reported: ReportedPayment,
): Payment {
  return { orderId: order.id, number: before?.number ?? paymentCountOf(order) + 1, ...reported };
}

/** The counts once a payment has come to an outcome. `before`: the one that it had; left out, it is new. */
export function countsAfter(
  counts: PaymentCounts,
  before: PaymentOutcome | undefined,
  after: PaymentOutcome,
): PaymentCounts {
  const counted: { [O in PaymentOutcome]?: number } = { ...counts };
  counted[after] = (counted[after] ?? 0) + 1;
  if (before === undefined) return counted;
  const left = (counted[before] ?? 0) - 1;
  if (left > 0) counted[before] = left;
  else delete counted[before];
  return counted;
}

/**
 * What became of the order's payments that sold nothing, each outcome once: what stores find orders by. Money that is due back for
 * what was cancelled or returned is found as a refund that is due.
 */
export function unsoldOutcomesOf({ paymentCounts, refundDue = 0 }: Due): UnsoldOutcome[] {
  return unsoldOutcomes.filter(
    (unsold) => paymentCounts[unsold] !== undefined || (unsold === "REFUND_DUE" && refundDue > 0),
  );
}
