import type { Claim } from "./claim.ts";
import type { Actor, AdjustmentId, Instant, LocationId, Sku } from "./ids.ts";
import type { StockLevel } from "./stock-level.ts";

/** Why stock was counted up or down. `initial` is kept for the stock a product is created with. */
export const adjustmentReasons = ["restock", "damage", "correction"] as const;
export type AdjustmentReason = (typeof adjustmentReasons)[number] | "initial";

/** A change of what is physically there. Never edited: a mistake is mended by another one. */
export interface Adjustment {
  readonly id: AdjustmentId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** Units added (above zero) or taken away (below). */
  readonly delta: number;
  readonly reason: AdjustmentReason;
  /** The shop's own id for the cause: a delivery note, a ticket. */
  readonly reference?: string;
  readonly actor: Actor;
  readonly at: Instant;
  /** The level right after it. */
  readonly after: StockLevel;
  readonly claim?: Claim;
}
