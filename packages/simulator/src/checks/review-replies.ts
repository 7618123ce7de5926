import type { LatePaymentPolicy, OrderId, ReviewLatePayment } from "@holdfast/domain";
import type { Attempt } from "../people/reply.ts";
import { type Told, unexpected, type Witness } from "./witness.ts";

/** What is wrong with a reply to a review. */
export function* reviewedFaults(witness: Witness, told: Told<ReviewLatePayment>): Iterable<string> {
  const { command, reply, from, to } = told;
  const { orderId, decision } = command;
  const order = witness.tables.entities.orders.get(orderId);
  if (reply.kind === "ok") {
    yield* witness.ended(orderId, decision === "SELL" ? "CONFIRMED" : "FAILED");
    if (!order?.payments.some(({ review }) => review?.decision === decision))
      yield `${orderId} has no record of its review`;
    return;
  }
  if (reply.kind !== "refused") {
    yield* unexpected("ReviewLatePayment", reply);
    return;
  }
  const { failure } = reply;
  if (failure.code === "insufficient_stock" && decision === "SELL") {
    if (!witness.wasUnderReview(orderId, from, to)) yield `${orderId} was not under review`;
    for (const { sku, locationId, requested, available } of failure.shortfalls) {
      const asked = order?.lines.find((line) => line.sku === sku)?.quantity === requested;
      const short = available < requested && witness.had(sku, locationId, available, from, to);
      if (!asked || !short) yield `${orderId} was told a false sold-out of ${sku}`;
    }
    if (failure.shortfalls.length === 0) yield `${orderId} was told a sold-out of nothing`;
  } else if (failure.code === "order_not_reviewable") {
    if (!witness.wasClosedTo(command, from, to)) yield `${orderId} was said to await no review, and did`;
  } else yield* unexpected("ReviewLatePayment", reply);
}

/** Outcomes of late payments that no confirm has asked for: each says which policy its shop has. */
export function* policyFaults(witness: Witness, attempts: readonly Attempt[]): Iterable<string> {
  const asked = new Map<OrderId, Set<LatePaymentPolicy>>();
  for (const { command } of attempts) {
    if (command.type !== "ConfirmOrder") continue;
    asked.set(command.orderId, (asked.get(command.orderId) ?? new Set()).add(command.latePayment));
  }
  for (const { id } of witness.tables.entities.orders.values()) {
    const policy = witness.order(id)?.late;
    if (policy !== undefined && asked.get(id)?.has(policy) !== true) yield `nobody wanted a ${policy} of ${id}`;
  }
}
