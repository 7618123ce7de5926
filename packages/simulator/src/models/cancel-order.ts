import type { CancelOrder, OrderId } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

export const cancelOrderModel: CommandModel<CancelOrder> = {
  *replyFaults(witness, { command, reply }) {
    if (reply.kind === "ok") yield* witness.ended(command.orderId, "CANCELLED");
    else if (reply.kind === "refused" && reply.failure.code === "order_not_cancellable") {
      yield* witness.ended(command.orderId, "CONFIRMED", "FAILED");
    } else yield* unexpected("CancelOrder", reply);
  },
  sequence: { share: 0.07, draw: ({ orderId }) => cancelOrder(orderId) },
};

export function cancelOrder(orderId: OrderId): CancelOrder {
  return { type: "CancelOrder", actor: shopKey, orderId };
}
