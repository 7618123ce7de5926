import type { Adjustment, AdjustmentReason } from "../adjustment.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, AdjustmentId, Instant, LocationId, Sku } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Snapshot } from "../snapshot.ts";
import { availableStock, emptyLevel, levelKey, plainLevel } from "../stock-level.ts";

/** Counts stock up or down, with a reason. */
export interface AdjustStock {
  readonly type: "AdjustStock";
  readonly actor: Actor;
  readonly adjustmentId: AdjustmentId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly delta: number;
  readonly reason: AdjustmentReason;
  readonly reference?: string;
  readonly claim?: Claim;
}

/** Stock may go up to the limit, and down to what has been promised; a promise outlives a correction. */
export const adjustStock: CommandModule<AdjustStock, "adjustments"> = {
  reads: ({ sku, locationId }) => ({ products: [sku], levels: [levelKey(sku, locationId)] }),
  subject: { of: "adjustments", keyOf: ({ adjustmentId }) => adjustmentId },
  decide,
};

function decide(snapshot: Snapshot, command: AdjustStock, now: Instant): Decision {
  const { sku, locationId, delta, reason, reference, actor, claim } = command;
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });

  const level = snapshot.levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId);
  if (level.totalStock + delta > limits.totalStockMax) return refuse({ code: "stock_limit_exceeded", sku, locationId });
  const available = availableStock(level);
  // Units that come are welcome, however little is there: a level that was edited below zero is stocked up step by step.
  if (delta < 0 && available + delta < 0)
    return refuse({ code: "stock_promised", sku, locationId, requested: -delta, available });

  const adjustment: Adjustment = {
    id: command.adjustmentId,
    sku,
    locationId,
    delta,
    reason,
    ...(reference === undefined ? {} : { reference }),
    actor,
    at: now,
    after: { ...plainLevel(level), version: level.version + 1, totalStock: level.totalStock + delta },
    ...(claim && { claim }),
  };
  return accept({ type: "StockAdjusted", actor, adjustment });
}
