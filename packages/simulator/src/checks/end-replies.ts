import type { CancelOrder, ConfirmOrder, LatePaymentPolicy } from "@holdfast/domain";
import { type Told, unexpected, type Witness } from "./witness.ts";

const dueCodes: Readonly<Record<string, LatePaymentPolicy | undefined>> = {
  late_payment_refund_due: "refund",
  late_payment_review_due: "review",
};

/** What is wrong with a reply to a payment. */
export function* confirmedFaults(witness: Witness, told: Told<ConfirmOrder>): Iterable<string> {
  const { command, reply, from } = told;
  const { orderId } = command;
  const paidFrom = witness.paidFrom(orderId, from);
  if (reply.kind !== "ok" && reply.kind !== "refused") {
    yield* unexpected("ConfirmOrder", reply);
    return;
  }
  const code = reply.kind === "ok" ? "ok" : reply.failure.code;
  const due = dueCodes[code];
  if (code === "ok") yield* witness.ended(orderId, "CONFIRMED");
  else if (code === "order_not_confirmable") yield* witness.ended(orderId, "CANCELLED");
  else if (code === "order_already_paid") yield* witness.ended(orderId, "CONFIRMED", "FAILED");
  else if (due !== undefined) yield* lateFaults(witness, told, due, paidFrom);
  else yield* unexpected("ConfirmOrder", reply);
  yield* recordedFaults(witness, told, code);
}

/** What is wrong with telling of a payment that it came too late. */
function* lateFaults(
  witness: Witness,
  { command: { orderId }, from, to }: Told<ConfirmOrder>,
  due: LatePaymentPolicy,
  paidFrom: number,
): Iterable<string> {
  const order = witness.tables.entities.orders.get(orderId);
  // A review may have ended since, in either way.
  const sold = due === "review" && witness.order(orderId)?.reviewed?.decision === "SELL";
  yield* witness.ended(orderId, sold ? "CONFIRMED" : "FAILED");
  if (due === "review" && !witness.wasUnderReview(orderId, from, to)) yield `${orderId} was not under review`;
  // An earlier attempt, whose reply was lost, may be the one that found it short.
  const short = order?.lines.some((line) => witness.lacked(line, order.locationId, paidFrom, to));
  if (short !== true) yield `${orderId} was paid late and refused while its stock was free`;
}

/** Money that was reported and answered is on the order, as it was reported, and the answer of a refusal shows it. */
function* recordedFaults(witness: Witness, { command, reply }: Told<ConfirmOrder>, code: string): Iterable<string> {
  const { orderId, paymentReference } = command;
  const kept = witness.tables.entities.orders.get(orderId)?.payments ?? [];
  const named = kept.filter(({ reference }) => reference === paymentReference);
  if (paymentReference !== undefined && named.length !== 1) {
    yield `the payment ${paymentReference} was reported, and ${orderId} has it ${named.length} times`;
  }
  if (kept.length === 0) yield `a payment was reported, and ${orderId} has none`;
  const [payment] = named;
  if (payment === undefined) return;
  const sold = payment.outcome === "ON_TIME" || payment.outcome === "REHELD";
  const soldSince = code === "late_payment_review_due";
  if (paymentReference !== undefined && sold !== (code === "ok") && !(sold && soldSince)) {
    yield `the payment ${paymentReference} of ${orderId} was answered ${code}, and is ${payment.outcome}`;
  }
  if (reply.kind !== "refused") return;
  const shown = reply.subject !== undefined && "payments" in reply.subject ? reply.subject.payments : [];
  if (!shown.some(({ reference }) => paymentReference === undefined || reference === paymentReference)) {
    yield `${orderId} was refused ${paymentReference}, and not shown with it`;
  }
}

/** What is wrong with a reply to a cancellation. */
export function* cancelledFaults(witness: Witness, { command, reply }: Told<CancelOrder>): Iterable<string> {
  if (reply.kind === "ok") yield* witness.ended(command.orderId, "CANCELLED");
  else if (reply.kind === "refused" && reply.failure.code === "order_not_cancellable") {
    yield* witness.ended(command.orderId, "CONFIRMED", "FAILED");
  } else yield* unexpected("CancelOrder", reply);
}
