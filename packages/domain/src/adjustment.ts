import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, AdjustmentId, Instant, LocationId, Sku } from "./ids.ts";
import type { StockLevel } from "./stock-level.ts";
import { levelFault } from "./stored/read-level.ts";
import { claimIfThere, faultOf, instant, integer, nested, oneOf, text, textIfThere } from "./stored/record-checks.ts";

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

const fault = faultOf<Adjustment>("an adjustment", {
  id: text,
  sku: text,
  locationId: text,
  delta: integer,
  reason: oneOf(...adjustmentReasons, "initial"),
  reference: textIfThere,
  actor: text,
  at: instant,
  after: nested(levelFault),
  claim: claimIfThere,
});

export interface StockAdjusted {
  readonly type: "StockAdjusted";
  readonly actor: Actor;
  readonly adjustment: Adjustment;
}

const stockAdjusted: EventRow<StockAdjusted> = {
  changes: ({ adjustments }, { adjustment }) => {
    assert(!adjustments.has(adjustment.id), `${adjustment.id} was made twice`);
    return { adjustments: [adjustment] };
  },
  moves: ({ adjustment: { sku, locationId, delta } }) => [
    { sku, locationId, totalStock: delta, reservedStock: 0, committedStock: 0 },
  ],
  cause: ({ adjustment: { id, reason, reference, actor } }) => ({
    reason,
    actor,
    adjustmentId: id,
    ...(reference === undefined ? {} : { reference }),
  }),
  fault: ({ adjustment }) => fault(adjustment),
};

export const adjustments = entity<Adjustment>()({
  kind: "adjustment",
  key: ["id"],
  guards: [],
  fault,
  searched: {
    sku: ({ sku }) => sku,
    locationId: ({ locationId }) => locationId,
    delta: ({ delta }) => delta,
  },
  listedBy: ["sku"],
  searchedParts: {},
  contributes: { levels: { units: "delta", perUnit: { totalStock: 1 } } },
  events: { StockAdjusted: stockAdjusted },
});
