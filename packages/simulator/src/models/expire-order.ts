import { type CommandOf, workerActor } from "@holdfast/domain";
import { type CommandModel, shopKey } from "./command-model.ts";

export const expireOrderModel: CommandModel<CommandOf<"ExpireOrder">> = {
  occasions: [{ when: "sweep" }],
  *replyFaults(witness, answered) {
    const { orderId } = answered.command;
    const { reply, from, to } = answered;
    const { expiries = [], reservationEnded = Number.POSITIVE_INFINITY } = witness.order(orderId) ?? {};
    if (reply.kind === "ok") {
      if (reservationEnded > to) yield `${orderId} was said to be released, and was held`;
    } else if (reply.kind === "refused" && reply.failure.code === "order_not_due") {
      const { expiresAt } = reply.failure;
      if (reservationEnded <= from || !expiries.some((each) => each.at <= to && each.expiresAt === expiresAt))
        yield `${orderId} was said to be held still`;
    } else yield* witness.brokenEnd(answered);
  },
  sequence: {
    share: 0.1,
    draw: ({ random, orderId }) => ({ type: "ExpireOrder", actor: random.pick([workerActor, shopKey]), orderId }),
  },
};
