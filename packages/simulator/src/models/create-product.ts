import type { AdjustmentId, Claim, CreateProduct } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import type { Crowd } from "../people/crowd.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

export const createProductModel: CommandModel<CreateProduct> = {
  *replyFaults(witness, { command, reply }) {
    const { sku, name, claim } = command;
    if (reply.kind === "ok") {
      yield* witness.sameForKey("products", claim?.key, reply);
      if (witness.tables.entities.products.get(sku)?.name !== name)
        yield `the product ${sku} was acknowledged and is not there`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_exists") {
      if (!witness.tables.entities.products.has(sku)) yield `the product ${sku} was said to exist`;
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

export function createProduct(body: Body<CreateProduct>, id: string, claim?: Claim): CreateProduct {
  const adjustmentId = `adj_${id}` as AdjustmentId;
  return { type: "CreateProduct", actor: shopKey, ...body, adjustmentId, ...(claim && { claim }) };
}

/** The products that a simulation sells. */
export function catalogue(random: Random, { skus, stockMax }: Crowd): Body<CreateProduct>[] {
  return skus.map((sku) => ({
    sku,
    name: `Fine ${sku}`,
    price: { amount: random.between(1, 900), currency: sku === "fan" ? "JPY" : "EUR" },
    totalStock: random.between(0, stockMax),
  }));
}
