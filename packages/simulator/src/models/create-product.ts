import { type AdjustmentId, type Claim, type CommandOf, limits, type Sku } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import { type Crowd, gem } from "../people/crowd.ts";
import { randomPolicies } from "../people/random-policies.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

export const createProductModel: CommandModel<CommandOf<"CreateProduct">> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.06,
      ask: async (person) => {
        const { random, crowd } = person.world;
        const create = (skus: readonly Sku[]) =>
          person.askUnderKey(() => productOf(random.pick(skus), random, crowd), createProduct);
        const all = [...crowd.skus, ...crowd.laterSkus];
        // Two imports at once, which spell a SKU otherwise.
        if (random.chance(0.5)) await Promise.all(crowd.laterSkus.map((sku) => create([sku])));
        else await create(all);
      },
    },
  ],
  *replyFaults(witness, { command, reply, to }) {
    const { sku, name, claim, adjustmentId } = command;
    if (reply.kind === "ok") {
      const kept = witness.tables.entities.products.get(sku);
      if ((kept?.first ?? kept)?.name !== name) yield `the product ${sku} was acknowledged and is not there`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_exists") {
      if (!witness.hadProduct(sku, to)) yield `the product ${sku} was said to exist`;
    } else if (reply.kind === "refused" && reply.failure.code === "sku_differs_by_case") {
      const { sku: other } = reply.failure;
      const differs = other !== sku && other.toLowerCase() === sku.toLowerCase();
      if (!differs || !witness.hadProduct(other, to)) yield `the product ${sku} was said to be there as ${other}`;
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("products", claim);
    } else if (reply.kind === "not_written") {
      if (witness.tables.entities.adjustments.has(adjustmentId)) yield `${sku} was called not written, and is`;
    } else yield* unexpected("CreateProduct", reply);
  },
  *historyFaults({ tables: { entities } }) {
    const spellings = new Map<string, Sku>();
    for (const { sku } of entities.products.values()) {
      const other = spellings.get(sku.toLowerCase());
      if (other !== undefined) yield `${other} and ${sku} differ by case alone`;
      spellings.set(sku.toLowerCase(), sku);
    }
    if (entities.takenSkus.size !== spellings.size)
      yield `${entities.takenSkus.size} SKUs are taken of ${spellings.size}`;
  },
  sequence: {
    share: 0.15,
    draw: ({ random, sku: drawn, id, claim }) => {
      const sku = random.chance(0.1) ? (drawn.toUpperCase() as Sku) : drawn;
      const price = { amount: 450, currency: random.pick(["EUR", "EUR", "EUR", "JPY"]) };
      const ruled = random.chance(0.2) ? { policies: randomPolicies(random) } : {};
      return createProduct({ sku, name: `Fine ${sku}`, price, totalStock: random.between(0, 9), ...ruled }, id, claim);
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
export function productOf(
  sku: Sku,
  random: Random,
  { stockMax, hasPolicies }: Crowd,
): Body<CommandOf<"CreateProduct">> {
  const amount = sku === gem ? limits.amountMax : random.between(1, 900);
  const currency = sku === "fan" ? "JPY" : "EUR";
  const ruled = hasPolicies && random.chance(0.6) ? { policies: randomPolicies(random) } : {};
  return { sku, name: `Fine ${sku}`, price: { amount, currency }, totalStock: random.between(0, stockMax), ...ruled };
}
