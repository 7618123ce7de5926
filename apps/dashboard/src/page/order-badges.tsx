import type { Order } from "./api-types.ts";

type State = Order["status"] | "REVIEW_DUE" | "REFUND_DUE" | "PARTIAL" | "FULFILLED";

const stateTexts: Readonly<Record<State, string>> = {
  PENDING_PAYMENT: "Awaiting payment",
  CONFIRMED: "Confirmed",
  CANCELLED: "Cancelled",
  EXPIRED: "Expired",
  FAILED: "Refunded",
  REFUND_DUE: "Refund due",
  REVIEW_DUE: "Review due",
  PARTIAL: "Shipped in part",
  FULFILLED: "Shipped",
};

/** The badges of an order: its status, what has left, and what is due. FAILED is left out when something is due, as that says it better. */
function statesOf({ status, payments, fulfilmentStatus, refundDue = 0 }: Order): readonly State[] {
  const due = (["REVIEW_DUE", "REFUND_DUE"] as const).filter(
    (state) => payments.some(({ outcome }) => outcome === state) || (state === "REFUND_DUE" && refundDue > 0),
  );
  if (status === "FAILED" && due.length > 0) return due;
  return [status, ...(fulfilmentStatus === "NONE" ? [] : [fulfilmentStatus]), ...due];
}

/** How far an order is, in badges. */
export function OrderBadges({ order }: { readonly order: Order }) {
  return (
    <span class="badges">
      {statesOf(order).map((state) => (
        <span key={state} class={`badge ${state.toLowerCase()}`}>
          {stateTexts[state]}
        </span>
      ))}
    </span>
  );
}
