import type { Adjustment } from "../adjustment.ts";
import type { AdjustStock } from "../commands.ts";
import { accept, type Decision, refuse, replay } from "../decision.ts";
import type { Instant } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Snapshot } from "../snapshot.ts";
import { availableStock, emptyLevel, levelKey } from "../stock-level.ts";

/** Stock may go up to the limit, and down to what has been promised; a promise outlives a correction. */
export function adjustStock(snapshot: Snapshot, command: AdjustStock, now: Instant): Decision {
  const { sku, locationId, delta, reason, reference, actor, claim } = command;
  const made = claim && snapshot.adjustmentClaims.get(claim.key);
  if (claim && made) return replay(claim, made, made);
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });

  const level = snapshot.levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId);
  if (level.totalStock + delta > limits.totalStockMax) return refuse({ code: "stock_limit_exceeded", sku, locationId });
  const available = availableStock(level);
  if (available + delta < 0) return refuse({ code: "stock_promised", sku, locationId, requested: -delta, available });

  const adjustment: Adjustment = {
    id: command.adjustmentId,
    sku,
    locationId,
    delta,
    reason,
    ...(reference === undefined ? {} : { reference }),
    actor,
    at: now,
    after: { ...level, version: level.version + 1, totalStock: level.totalStock + delta },
    ...(claim && { claim }),
  };
  return accept({ type: "StockAdjusted", actor, adjustment });
}
