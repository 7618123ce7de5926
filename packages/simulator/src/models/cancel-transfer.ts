import type { CommandOf } from "@holdfast/domain";
import { cancelled } from "../checks/transfer-replies.ts";
import { type CommandModel, shopKey } from "./command-model.ts";
import { randomTransferId } from "./random-transfer.ts";

type CancelTransfer = CommandOf<"CancelTransfer">;

export const cancelTransferModel: CommandModel<CancelTransfer> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.03,
      ask: async (person) => {
        const { random, database, newId } = person.world;
        const status = random.pick(["PENDING", "IN_TRANSIT"] as const);
        const transferId = randomTransferId(random, database.tables, newId, status);
        await Promise.all((random.chance(0.2) ? [1, 2] : [1]).map(() => person.ask(() => cancelTransfer(transferId))));
      },
    },
  ],
  replyFaults: cancelled,
  sequence: { share: 0.03, draw: ({ transferId }) => cancelTransfer(transferId) },
};

export function cancelTransfer(transferId: CancelTransfer["transferId"]): CancelTransfer {
  return { type: "CancelTransfer", actor: shopKey, transferId };
}
