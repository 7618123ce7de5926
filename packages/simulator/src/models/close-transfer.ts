import { type CommandOf, lossReasons } from "@holdfast/domain";
import { closed } from "../checks/transfer-replies.ts";
import type { Random } from "../random.ts";
import { type CommandModel, shopKey } from "./command-model.ts";
import { randomTransferId } from "./random-transfer.ts";

type CloseTransfer = CommandOf<"CloseTransfer">;

export const closeTransferModel: CommandModel<CloseTransfer> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.03,
      ask: async (person) => {
        const { random, database, newId } = person.world;
        const transferId = randomTransferId(random, database.tables, newId, "IN_TRANSIT");
        await person.ask(() => closeTransfer(random, transferId));
      },
    },
  ],
  replyFaults: closed,
  sequence: { share: 0.03, draw: ({ random, transferId }) => closeTransfer(random, transferId) },
};

function closeTransfer(random: Random, transferId: CloseTransfer["transferId"]): CloseTransfer {
  return { type: "CloseTransfer", actor: shopKey, transferId, lossReason: random.pick([...lossReasons]) };
}
