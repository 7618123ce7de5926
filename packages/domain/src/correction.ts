import type { Claim } from "./claim.ts";
import type { Actor, CorrectionId, Instant, LocationId, Sku } from "./ids.ts";
import type { StockFigures, StockLevel } from "./stock-level.ts";

/**
 * A stock level set to what its sources add up to, after a person has looked at the difference. It moves counters only:
 * no unit came or went, and no order changed. The journal keeps it.
 */
export interface Correction {
  readonly id: CorrectionId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** The reviewer's own words. */
  readonly reason: string;
  readonly actor: Actor;
  readonly at: Instant;
  /** By how much each counter was set right. */
  readonly change: StockFigures;
  /** The level right after it. */
  readonly after: StockLevel;
  readonly claim?: Claim;
}
