import type { CancelOrder, ConfirmOrder, LatePaymentPolicy } from "@holdfast/domain";
import { type Told, unexpected, type Witness } from "./witness.ts";

const dueCodes: Readonly<Record<string, LatePaymentPolicy | undefined>> = {
  late_payment_refund_due: "refund",
  late_payment_review_due: "review",
};

/** What is wrong with a reply to a payment. */
export function* confirmedFaults(witness: Witness, { command, reply, from, to }: Told<ConfirmOrder>): Iterable<string> {
  const { orderId } = command;
  const paidFrom = witness.paidFrom(orderId, from);
  const code = reply.kind === "refused" ? reply.failure.code : undefined;
  const due = dueCodes[code ?? ""];
  if (reply.kind === "ok") yield* witness.ended(orderId, "CONFIRMED");
  else if (code === "order_not_confirmable") yield* witness.ended(orderId, "CANCELLED");
  else if (due !== undefined) {
    const order = witness.tables.orders.get(orderId);
    // A review may have ended since, in either way.
    const sold = due === "review" && order?.payment?.review?.decision === "SELL";
    yield* witness.ended(orderId, sold ? "CONFIRMED" : "FAILED");
    if (due === "refund" && order?.payment?.outcome !== "REFUND_DUE") yield `${orderId} has no record of its refund`;
    if (due === "review" && !witness.wasUnderReview(orderId, from, to)) yield `${orderId} was not under review`;
    // An earlier attempt, whose reply was lost, may be the one that found it short.
    const short = order?.lines.some((line) => witness.lacked(line, order.locationId, paidFrom, to));
    if (short !== true) yield `${orderId} was paid late and refused while its stock was free`;
  } else yield* unexpected("ConfirmOrder", reply);
}

/** What is wrong with a reply to a cancellation. */
export function* cancelledFaults(witness: Witness, { command, reply }: Told<CancelOrder>): Iterable<string> {
  if (reply.kind === "ok") yield* witness.ended(command.orderId, "CANCELLED");
  else if (reply.kind === "refused" && reply.failure.code === "order_not_cancellable") {
    yield* witness.ended(command.orderId, "CONFIRMED", "EXPIRED", "FAILED");
  } else yield* unexpected("CancelOrder", reply);
}
