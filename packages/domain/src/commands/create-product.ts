import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import { type Actor, type AdjustmentId, type Instant, mainLocation, type Sku } from "../ids.ts";
import type { Money } from "../money.ts";
import { asCreated, type Product, ruledBy } from "../product.ts";
import { contradictionIn, type ProductPolicies, policiesAfter } from "../product-policy.ts";
import { foldedSku } from "../sku.ts";
import type { Snapshot } from "../snapshot.ts";
import { emptyLevel, levelKey, plainLevel } from "../stock-level.ts";

/** Adds a product, with its first stock at `main`. */
export interface CreateProduct {
  readonly type: "CreateProduct";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly name: string;
  readonly price: Money;
  readonly totalStock: number;
  /** The adjustment that books the first stock, where there is any. */
  readonly adjustmentId: AdjustmentId;
  readonly policies?: ProductPolicies;
  readonly claim?: Claim;
}

/** A SKU is taken once and for ever, in whatever case. First stock is booked as an adjustment, so that all stock has a movement. */
export const createProduct: CommandModule<CreateProduct, "products"> = {
  reads: ({ sku }) => ({
    products: [sku],
    levels: [levelKey(sku, mainLocation)],
    takenSkus: [foldedSku(sku)],
    locations: [mainLocation],
  }),
  subject: { of: "products", keyOf: ({ sku }) => sku },
  firstAnswer: asCreated,
  decide,
};

function decide(snapshot: Snapshot, command: CreateProduct, now: Instant): Decision {
  const { sku, name, price, totalStock, actor, claim } = command;
  if (snapshot.products.has(sku)) return refuse({ code: "product_exists", sku });
  const taken = snapshot.takenSkus.get(foldedSku(sku));
  if (taken !== undefined) return refuse({ code: "sku_differs_by_case", sku: taken.sku });
  const policies = policiesAfter(undefined, command.policies ?? {});
  const contradiction = policies && contradictionIn(policies);
  if (contradiction !== undefined) return refuse({ code: "policies_contradictory", sku, contradiction });

  const product: Product = {
    sku,
    version: 1,
    name,
    price,
    createdAt: now,
    initialStock: totalStock,
    ...(snapshot.locations.get(mainLocation)?.active === false && { initiallyInactive: true }),
    ...ruledBy(policies),
    ...(claim && { claim }),
  };
  const created = { type: "ProductCreated", actor, sku, product } as const;
  if (totalStock === 0) return accept(created);

  const before = plainLevel(snapshot.levels.get(levelKey(sku, mainLocation)) ?? emptyLevel(sku, mainLocation));
  return accept(created, {
    type: "StockAdjusted",
    actor,
    adjustment: {
      id: command.adjustmentId,
      sku,
      locationId: mainLocation,
      delta: totalStock,
      reason: "initial",
      actor,
      at: now,
      after: { ...before, version: before.version + 1, totalStock: before.totalStock + totalStock },
    },
  });
}
