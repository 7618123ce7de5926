import type { Claim, CorrectionId, CorrectStock } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type Crowd, randomSku } from "../people/crowd.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

export const correctStockModel: CommandModel<CorrectStock> = {
  occasions: [
    {
      when: "anytime",
      weight: 0.02,
      ask: async (person) => {
        const { random, crowd } = person.world;
        await person.askUnderKey(() => randomCorrection(random, crowd), correctStock);
      },
    },
  ],
  *replyFaults(witness, { reply, from }) {
    if (reply.kind === "refused" && reply.failure.code === "product_not_found") {
      yield* witness.noProducts(reply.failure.skus, from);
    } else if (reply.kind !== "refused" || reply.failure.code !== "nothing_to_correct") {
      yield* unexpected("CorrectStock", reply);
    }
  },
  sequence: {
    share: 0.03,
    draw: ({ random, sku, locationId, id }) => {
      const expected = { totalStock: random.between(0, 9), reservedStock: random.between(0, 4), committedStock: 0 };
      return correctStock({ sku, locationId, reason: "review", expected }, id);
    },
  },
};

export function correctStock(body: Body<CorrectStock>, id: string, claim?: Claim): CorrectStock {
  const correctionId = `cor_${id}` as CorrectionId;
  return { type: "CorrectStock", actor: shopKey, ...body, correctionId, ...(claim && { claim }) };
}

function randomCorrection(random: Random, crowd: Crowd): Body<CorrectStock> {
  const expected = { totalStock: random.between(0, 9), reservedStock: random.between(0, 4), committedStock: 0 };
  return { sku: randomSku(random, crowd), locationId: random.pick(crowd.locations), reason: "review", expected };
}
