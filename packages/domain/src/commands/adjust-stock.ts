import type { Adjustment } from "../adjustment.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { AdjustmentId, Instant } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { edited } from "../stock-edit.ts";
import { emptyLevel, levelKey, plainLevel } from "../stock-level.ts";

/** Counts stock up or down, or moves it between sellable and unsellable, with a reason. */
export interface AdjustStock extends Omit<Adjustment, "id" | "at" | "after" | "counted"> {
  readonly type: "AdjustStock";
  readonly adjustmentId: AdjustmentId;
}

/**
 * Stock may go up to the limit, and down to what has been promised: a promise outlives a correction. A loss below that is booked where
 * the caller accepts the shortage: nothing new is promised then until stock has filled it.
 */
export const adjustStock: CommandModule<AdjustStock, "adjustments"> = {
  reads: ({ sku, locationId }) => ({ products: [sku], locations: [locationId], levels: [levelKey(sku, locationId)] }),
  subject: { of: "adjustments", keyOf: ({ adjustmentId }) => adjustmentId },
  decide,
};

function decide(snapshot: Snapshot, command: AdjustStock, now: Instant): Decision {
  const { type: _type, adjustmentId: id, ...asked } = command;
  const { sku, locationId, actor } = asked;
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });
  if (!snapshot.locations.has(locationId)) return refuse({ code: "location_not_found", locationIds: [locationId] });
  const level = plainLevel(snapshot.levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId));
  const after = edited(level, asked);
  if ("code" in after) return refuse(after);
  return accept({ type: "StockAdjusted", actor, adjustment: { id, ...asked, at: now, after } });
}
