import type { Instant } from "./ids.ts";
import type { Review } from "./late-payment.ts";

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

/** A payment as the shop reported it, and what came of it. */
export interface Payment {
  /** The payment's id at the payment provider. An order has one payment of a reference, and one without at most. */
  readonly reference?: string;
  readonly at: Instant;
  readonly outcome: PaymentOutcome;
  /** Set where a person has decided. */
  readonly review?: Review;
  /** Set once it is REFUNDED. */
  readonly refund?: Refund;
}

/** What an order's payments are found in. */
interface Paid {
  readonly payments: readonly Payment[];
}

/** The payment of a reference (`undefined`: the one that came without), or `undefined` where there is none. */
export function paymentOf({ payments }: Paid, reference: string | undefined): Payment | undefined {
  return payments.find((payment) => payment.reference === reference);
}

/** The payment that the order's units are sold for. */
export function soldPayment({ payments }: Paid): Payment | undefined {
  return payments.find(({ outcome }) => outcome === "ON_TIME" || outcome === "REHELD");
}

/** The payment that a person has to decide on, or has decided on. */
export function reviewedPayment({ payments }: Paid): Payment | undefined {
  return payments.find(({ outcome, review }) => outcome === "REVIEW_DUE" || review !== undefined);
}

/** The payments with this one in place of the earlier record of it, or behind them where it is new. */
export function withPayment(payments: readonly Payment[], payment: Payment): Payment[] {
  const at = payments.findIndex(({ reference }) => reference === payment.reference);
  return at < 0 ? [...payments, payment] : payments.with(at, payment);
}

/** What became of the order's payments that sold nothing, each outcome once: what stores find orders by. */
export function unsoldOutcomesOf({ payments }: Paid): UnsoldOutcome[] {
  return unsoldOutcomes.filter((unsold) => payments.some(({ outcome }) => outcome === unsold));
}
