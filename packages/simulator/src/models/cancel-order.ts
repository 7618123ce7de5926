import type { CommandOf, OrderId } from "@holdfast/domain";
import type { Person } from "../people/person.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

export const cancelOrderModel: CommandModel<CommandOf<"CancelOrder">> = {
  occasions: [
    { when: "ordered", weight: () => 1, ask: cancel },
    { when: "later", chance: () => 0.15, ask: cancel },
  ],
  *replyFaults(witness, answered) {
    const { command, reply, from } = answered;
    if (reply.kind === "ok") yield* witness.ended(command.orderId, "CANCELLED");
    else if (reply.kind === "refused" && reply.failure.code === "order_not_cancellable") {
      yield* witness.ended(command.orderId, "CONFIRMED", "FAILED");
    } else if (reply.kind === "refused" && reply.failure.code === "order_not_found") {
      yield* witness.noOrder(command.orderId, from);
    } else yield* witness.brokenEnd(answered);
  },
  sequence: { share: 0.07, draw: ({ orderId }) => cancelOrder(orderId) },
};

function cancel(person: Person, id: OrderId): Promise<unknown> {
  return person.ask(() => cancelOrder(id));
}

export function cancelOrder(orderId: OrderId): CommandOf<"CancelOrder"> {
  return { type: "CancelOrder", actor: shopKey, orderId };
}
