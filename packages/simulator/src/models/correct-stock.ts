import type { CorrectionId, CorrectStock } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

export const correctStockModel: CommandModel<CorrectStock> = {
  *replyFaults(_witness, { reply }) {
    yield* unexpected("CorrectStock", reply);
  },
  sequence: {
    share: 0.03,
    draw: ({ random, sku, locationId, id }) => {
      const expected = { totalStock: random.between(0, 9), reservedStock: random.between(0, 4), committedStock: 0 };
      const correctionId = `cor_${id}` as CorrectionId;
      return { type: "CorrectStock", actor: shopKey, correctionId, sku, locationId, reason: "review", expected };
    },
  },
};
