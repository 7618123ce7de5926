import type { Instant } from "./ids.ts";

/** What a shop does with a payment that came after the reservation had run out and found the stock gone. */
export const latePaymentPolicies = ["refund", "review"] as const;

/** `refund`: the money is due back at once. `review`: a person decides first. */
export type LatePaymentPolicy = (typeof latePaymentPolicies)[number];

export const reviewDecisions = ["SELL", "REFUND"] as const;

/** `SELL`: take the units again, now that they may be there. `REFUND`: the money is due back. */
export type ReviewDecision = (typeof reviewDecisions)[number];

/** How a person ended the review of a late payment. */
export interface Review {
  readonly decision: ReviewDecision;
  readonly at: Instant;
}
