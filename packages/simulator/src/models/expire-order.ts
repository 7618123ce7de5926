import { type ExpireOrder, workerActor } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

export const expireOrderModel: CommandModel<ExpireOrder> = {
  *replyFaults(_witness, { reply }) {
    yield* unexpected("ExpireOrder", reply);
  },
  sequence: {
    share: 0.1,
    draw: ({ random, orderId }) => ({ type: "ExpireOrder", actor: random.pick([workerActor, shopKey]), orderId }),
  },
};
