import { countsAfter, decide, evolve, type OrderId, paymentsOf, type Snapshot } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { seeing, withOrder, withPayments, withRules, withStatus } from "./changed-rules.ts";
import { evolveUnguarded, withStock } from "./unguarded.ts";

/** Mistakes in the rules for payments that come too late. */
export const latePaymentBugs: Readonly<Record<string, Planted>> = {
  "a review sells without looking": withRules({
    decide: seeing("ReviewLatePayment", (snapshot) => withStock(snapshot, 1_000)),
    evolve: evolveUnguarded,
  }),
  "a payment under review is recorded again": withRules({
    decide: (snapshot, command, now) =>
      decide(
        command.type === "ConfirmOrder" ? withStatus(snapshot, command, "FAILED", "EXPIRED") : snapshot,
        command,
        now,
      ),
    evolve: (snapshot, event) => {
      if (event.type !== "LatePaymentReferred") return evolve(snapshot, event);
      return evolve(withStatus(snapshot, event, "FAILED", "EXPIRED"), event);
    },
  }),
  "a review is decided twice": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ReviewLatePayment" ? underReviewAgain(snapshot, command) : snapshot, command, now),
    evolve: (snapshot, event) => {
      const reviewed = event.type === "LatePaymentApproved" || event.type === "LatePaymentRejected";
      return evolve(reviewed ? underReviewAgain(snapshot, event) : snapshot, event);
    },
  }),
  "a review's refusal is not shown": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ReviewLatePayment" || decision.kind !== "refused") return decision;
      return { kind: "accepted", events: [] };
    },
  }),
  "a late payment is refunded though the shop reviews": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command.type === "ConfirmOrder" ? { ...command, latePayment: "refund" } : command, now),
  }),
};

/** The order of a command or event, as if its review had never been decided. */
function underReviewAgain(snapshot: Snapshot, { orderId }: { readonly orderId: OrderId }): Snapshot {
  const order = snapshot.orders.get(orderId);
  const reviewed = order && paymentsOf(order, snapshot).find(({ review }) => review !== undefined);
  if (order === undefined || reviewed === undefined) return snapshot;
  const { review: _review, ...payment } = reviewed;
  const paymentCounts = countsAfter(order.paymentCounts, reviewed.outcome, "REVIEW_DUE");
  return withPayments(withOrder(snapshot, { ...order, status: "FAILED", paymentCounts }), [
    { ...payment, outcome: "REVIEW_DUE" },
  ]);
}
