import type { CommandOf } from "@holdfast/domain";
import { shipped } from "../checks/transfer-replies.ts";
import { type CommandModel, shopKey } from "./command-model.ts";
import { randomTransferId } from "./random-transfer.ts";

type ShipTransfer = CommandOf<"ShipTransfer">;

export const shipTransferModel: CommandModel<ShipTransfer> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.06,
      ask: async (person) => {
        const { random, database, newId } = person.world;
        const transferId = randomTransferId(random, database.tables, newId, "PENDING");
        await Promise.all((random.chance(0.2) ? [1, 2] : [1]).map(() => person.ask(() => shipTransfer(transferId))));
      },
    },
  ],
  replyFaults: shipped,
  sequence: { share: 0.06, draw: ({ transferId }) => shipTransfer(transferId) },
};

export function shipTransfer(transferId: ShipTransfer["transferId"]): ShipTransfer {
  return { type: "ShipTransfer", actor: shopKey, transferId };
}
