import type { Adjustment } from "../adjustment.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { AdjustmentId, Instant } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { edited } from "../stock-edit.ts";
import { emptyLevel, levelKey, plainLevel } from "../stock-level.ts";

/** Sets how many units are there to what a person, or another system, has counted. */
export interface CountStock extends Omit<Adjustment, "id" | "at" | "after" | "delta" | "reason" | "affects"> {
  readonly type: "CountStock";
  readonly adjustmentId: AdjustmentId;
  /** Units found there in all, those that cannot be sold included. */
  readonly counted: number;
  /** The level's version when they were counted. Left out: whichever it is. */
  readonly ifVersion?: number;
}

/**
 * What differs is an adjustment, 0 units where nothing does: the ledger shows that it was counted. Counted at another version than the
 * level's, it says nothing of what is there now, and is refused.
 */
export const countStock: CommandModule<CountStock, "adjustments"> = {
  reads: ({ sku, locationId }) => ({ products: [sku], locations: [locationId], levels: [levelKey(sku, locationId)] }),
  subject: { of: "adjustments", keyOf: ({ adjustmentId }) => adjustmentId },
  decide,
};

function decide(snapshot: Snapshot, command: CountStock, now: Instant): Decision {
  const { type: _type, adjustmentId: id, ifVersion, ...asked } = command;
  const { sku, locationId, actor, counted } = asked;
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });
  if (!snapshot.locations.has(locationId)) return refuse({ code: "location_not_found", locationIds: [locationId] });
  const level = plainLevel(snapshot.levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId));
  if (ifVersion !== undefined && ifVersion !== level.version) {
    return refuse({ code: "level_changed", sku, locationId, version: level.version });
  }
  const difference = { ...asked, delta: counted - level.totalStock, reason: "count" } as const;
  const after = edited(level, difference);
  if ("code" in after) return refuse(after);
  return accept({ type: "StockAdjusted", actor, adjustment: { id, ...difference, at: now, after } });
}
