import { type AdjustmentId, type Claim, type CommandOf, limits, type Sku } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type Crowd, gem } from "../people/crowd.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

export const createProductModel: CommandModel<CommandOf<"CreateProduct">> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.03,
      ask: async (person) => {
        const { random, crowd } = person.world;
        await person.askUnderKey(
          () => productOf(random.pick([...crowd.skus, ...crowd.laterSkus]), random, crowd),
          createProduct,
        );
      },
    },
  ],
  *replyFaults(witness, { command, reply, to }) {
    const { sku, name, claim, adjustmentId } = command;
    if (reply.kind === "ok") {
      if (witness.tables.entities.products.get(sku)?.name !== name)
        yield `the product ${sku} was acknowledged and is not there`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_exists") {
      if (!witness.hadProduct(sku, to)) yield `the product ${sku} was said to exist`;
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("products", claim);
    } else if (reply.kind === "not_written") {
      if (witness.tables.entities.adjustments.has(adjustmentId)) yield `${sku} was called not written, and is`;
    } else yield* unexpected("CreateProduct", reply);
  },
  sequence: {
    share: 0.15,
    draw: ({ random, sku, id, claim }) => {
      const price = { amount: 450, currency: random.pick(["EUR", "EUR", "EUR", "JPY"]) };
      return createProduct({ sku, name: `Fine ${sku}`, price, totalStock: random.between(0, 9) }, id, claim);
    },
  },
};

export function createProduct(
  body: Body<CommandOf<"CreateProduct">>,
  id: string,
  claim?: Claim,
): CommandOf<"CreateProduct"> {
  const adjustmentId = `adj_${id}` as AdjustmentId;
  return { type: "CreateProduct", actor: shopKey, ...body, adjustmentId, ...(claim && { claim }) };
}

/** A product as the shop would create it, each time with another price and another first stock. */
export function productOf(sku: Sku, random: Random, { stockMax }: Crowd): Body<CommandOf<"CreateProduct">> {
  const amount = sku === gem ? limits.amountMax : random.between(1, 900);
  const currency = sku === "fan" ? "JPY" : "EUR";
  return { sku, name: `Fine ${sku}`, price: { amount, currency }, totalStock: random.between(0, stockMax) };
}
