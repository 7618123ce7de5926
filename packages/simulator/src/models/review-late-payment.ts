import { type CommandOf, type OrderId, type ReviewDecision, reviewDecisions } from "@holdfast/domain";
import { unitsIn } from "../checks/ledger-order.ts";
import { soldOutFaults } from "../checks/sold-out.ts";
import { unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type CommandModel, shopKey } from "./command-model.ts";
import { atOnce, pay } from "./confirm-order.ts";

export const reviewLatePaymentModel: CommandModel<CommandOf<"ReviewLatePayment">> = {
  occasions: [
    {
      when: "later",
      chance: (order) => (order?.paymentCounts.REVIEW_DUE === undefined ? 0.05 : 1),
      ask: review,
    },
  ],
  *replyFaults(witness, { command, reply, from, to }) {
    const { orderId, decision } = command;
    const order = witness.tables.entities.orders.get(orderId);
    if (reply.kind === "ok") {
      yield* witness.ended(orderId, decision === "SELL" ? "CONFIRMED" : "FAILED");
      if (!witness.payments(orderId).some(({ review }) => review?.decision === decision))
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
      const lines = order?.lines ?? [];
      const units = new Map(lines.map(({ sku }) => [sku, unitsIn(lines, sku)]));
      yield* soldOutFaults(witness, orderId, { units, failure, from, to, isLate: true });
    } else if (failure.code === "purchase_limit_exceeded" && decision === "SELL") {
      const counts = order?.lines.some(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
      if (counts !== true || !witness.wasUnderReview(orderId, from, to)) yield `${orderId} counts towards no limit`;
    } else if (failure.code === "order_not_reviewable") {
      if (!wasClosedTo(witness, command, from, to)) yield `${orderId} was said to await no review, and did`;
    } else if (failure.code === "order_not_found") {
      yield* witness.noOrder(orderId, from);
    } else yield* unexpected("ReviewLatePayment", reply);
  },
  sequence: {
    share: 0.03,
    draw: ({ random, orderId }) => reviewLatePayment(orderId, random.pick(reviewDecisions)),
  },
};

/** Decides once, twice, or twice at once, while the shopper asks again. */
async function review(person: Person, id: OrderId): Promise<void> {
  const { random, time, crowd } = person.world;
  for (let looks = random.between(1, 4); looks > 0; looks -= 1) {
    await time.sleep(random.between(0, 2 * crowd.pauseMsMax));
    const decisions = Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(reviewDecisions));
    const asked = decisions.map((decision) =>
      person.ask(
        (newId) => ({ ...reviewLatePayment(id, decision), ...atOnce(random.pick(crowd.fulfilAtOnce), newId) }),
        { as: "'s clerk" },
      ),
    );
    if (random.chance(0.3)) asked.push(pay(person, id));
    await Promise.all(asked);
  }
}

export function reviewLatePayment(orderId: OrderId, decision: ReviewDecision): CommandOf<"ReviewLatePayment"> {
  return { type: "ReviewLatePayment", actor: shopKey, orderId, decision };
}

/** Whether there was nothing to review, or it had been decided otherwise, at some point between two. */
function wasClosedTo(
  witness: Witness,
  { orderId, decision }: CommandOf<"ReviewLatePayment">,
  from: number,
  to: number,
): boolean {
  const { reviewFrom = Number.POSITIVE_INFINITY, reviewed } = witness.order(orderId) ?? {};
  return from < reviewFrom || (reviewed !== undefined && reviewed.decision !== decision && reviewed.at <= to);
}
