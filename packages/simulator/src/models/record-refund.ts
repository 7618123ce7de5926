import type { CommandOf, OrderId } from "@holdfast/domain";
import { keptPayments } from "../checks/kept-payments.ts";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type CommandModel, shopKey } from "./command-model.ts";
import { type PaidBy, pay, payments, referenceOf, valuesByOrder } from "./confirm-order.ts";

export const recordRefundModel: CommandModel<CommandOf<"RecordRefund">> = {
  occasions: [
    {
      when: "later",
      chance: (order) => (order?.paymentCounts.REFUND_DUE === undefined ? 0.05 : 1),
      ask: refund,
    },
  ],
  *replyFaults(witness, { command, reply, from, to }) {
    const { orderId, paymentReference, refundReference } = command;
    const kept = witness.payments(orderId).find(({ reference }) => reference === paymentReference);
    const entered = witness.order(orderId)?.payments.find(({ reference }) => reference === paymentReference);
    const about = `the refund ${refundReference} of ${orderId} for ${paymentReference}`;
    if (reply.kind === "ok") {
      if (kept?.outcome !== "REFUNDED") yield `${about} was acknowledged, and the payment is ${kept?.outcome}`;
      if (refundReference !== undefined && kept?.refund?.reference !== refundReference) {
        yield `${about} was acknowledged, and the payment was refunded by ${kept?.refund?.reference}`;
      }
      return;
    }
    if (reply.kind !== "refused") {
      yield* unexpected("RecordRefund", reply);
      return;
    }
    const never = Number.POSITIVE_INFINITY;
    switch (reply.failure.code) {
      case "order_not_found":
        yield* witness.noOrder(orderId, from);
        return;
      case "payment_not_found":
        if ((entered?.at ?? never) <= from) yield `${about} got the answer that there is no such payment`;
        return;
      case "refund_not_due": {
        const review = witness.order(orderId);
        const wasSold = kept?.outcome === "ON_TIME" || kept?.outcome === "REHELD";
        const wasReviewed = review?.reviewFrom === entered?.at && (review?.reviewed?.at ?? never) > from;
        if (entered === undefined || !(wasSold || wasReviewed))
          yield `${about} got the answer that it is not due, and it is`;
        return;
      }
      case "refunded_otherwise":
        if ((entered?.refundedAt ?? never) > to || kept?.refund?.reference === refundReference) {
          yield `${about} got the answer that there is another refund`;
        }
        return;
      default:
        yield* unexpected("RecordRefund", reply);
    }
  },
  *historyFaults({ tables }, requests) {
    const refunds = valuesByOrder(requests, ({ paymentReference }) => paymentReference);
    for (const [id, kept] of keptPayments(tables)) {
      for (const { reference, outcome } of kept) {
        if (outcome === "REFUNDED" && refunds.get(id)?.has(reference) !== true) {
          yield `the payment ${reference} of ${id} was refunded, and no refund was reported`;
        }
      }
    }
  },
  sequence: {
    share: 0.02,
    draw: ({ random, orderId }) =>
      recordRefund(orderId, random.pick(payments), random.pick(["re-1", "re-2", undefined])),
  },
};

/** Records a refund: once, twice, by two clerks at once, or of a payment that never came. */
async function refund(person: Person, id: OrderId): Promise<void> {
  const { random } = person.world;
  for (let times = random.between(1, 3); times > 0; times -= 1) {
    const asked = Array.from({ length: random.pick([1, 1, 2]) }, () => {
      const [by, reference] = [random.pick(payments), random.pick(["re-1", "re-1", "re-2", undefined])];
      return person.ask(() => recordRefund(id, by, reference), { as: "'s clerk" });
    });
    if (random.chance(0.3)) asked.push(pay(person, id));
    await Promise.all(asked);
  }
}

export function recordRefund(orderId: OrderId, by: PaidBy, refundReference?: string): CommandOf<"RecordRefund"> {
  const refund = refundReference === undefined ? {} : { refundReference };
  return { type: "RecordRefund", actor: shopKey, orderId, ...referenceOf(orderId, by), ...refund };
}
