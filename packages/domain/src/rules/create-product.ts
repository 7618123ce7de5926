import type { CreateProduct } from "../commands.ts";
import { accept, type Decision, refuse, replay } from "../decision.ts";
import { type Instant, mainLocation } from "../ids.ts";
import type { Product } from "../product.ts";
import type { Snapshot } from "../snapshot.ts";
import { emptyLevel, levelKey } from "../stock-level.ts";

/** A SKU is taken once and for ever. First stock is booked as an adjustment, so that all stock has a movement. */
export function createProduct(snapshot: Snapshot, command: CreateProduct, now: Instant): Decision {
  const { sku, name, price, totalStock, actor, claim } = command;
  const made = claim && snapshot.productClaims.get(claim.key);
  if (claim && made) return replay(claim, made, made);
  if (snapshot.products.has(sku)) return refuse({ code: "product_exists", sku });

  const product: Product = { sku, name, price, createdAt: now, initialStock: totalStock, ...(claim && { claim }) };
  const created = { type: "ProductCreated", actor, sku, product } as const;
  if (totalStock === 0) return accept(created);

  const before = snapshot.levels.get(levelKey(sku, mainLocation)) ?? emptyLevel(sku, mainLocation);
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
