import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, AdjustmentId, Instant, LocationId, Sku } from "./ids.ts";
import { type LevelChange, type LevelName, noFigures, type StockLevel } from "./stock-level.ts";
import { levelFault } from "./stored/read-level.ts";
import {
  claimIfThere,
  countIfThere,
  faultOf,
  ifThere,
  instant,
  integer,
  nested,
  oneOf,
  text,
  textIfThere,
} from "./stored/record-checks.ts";

/** Why a person changed stock. */
export const adjustmentReasons = [
  "restock",
  "found",
  "correction",
  "damage",
  "theft",
  "loss",
  "expired",
  "quality_control",
  "repaired",
  "sample",
  "internal_use",
  "other",
] as const;

/** The same, with those that are kept for what Holdfast books: the stock a product is created with, and a count. */
export const bookedReasons = [...adjustmentReasons, "initial", "count"] as const;
export type AdjustmentReason = (typeof bookedReasons)[number];

/**
 * What an adjustment changes. `TOTAL`: units that can be sold come or go. `UNSELLABLE`: units that cannot be sold come or go.
 * `CONDITION`: units that are there become unsellable, or sellable again.
 */
export const affects = ["TOTAL", "UNSELLABLE", "CONDITION"] as const;
export type Affected = (typeof affects)[number];

/** A change of what is physically there, or of its condition. Never edited: a mistake is mended by another one. */
export interface Adjustment {
  readonly id: AdjustmentId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** What it changes. Left out: `TOTAL`. */
  readonly affects?: Exclude<Affected, "TOTAL">;
  /** Units added (above zero) or taken away (below), of a change of condition those that become unsellable (above zero) or sellable. */
  readonly delta: number;
  readonly reason: AdjustmentReason;
  /** Of a count: how many units were found there in all. */
  readonly counted?: number;
  /** A person's own words. */
  readonly note?: string;
  /** It was booked though fewer units are left than are promised. */
  readonly acceptsShortage?: true;
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
  affects: ifThere(oneOf("UNSELLABLE", "CONDITION")),
  delta: integer,
  reason: oneOf(...bookedReasons),
  counted: countIfThere,
  note: textIfThere,
  acceptsShortage: ifThere(oneOf(true)),
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
  moves: ({ adjustment }) => [{ sku: adjustment.sku, locationId: adjustment.locationId, ...changeBy(adjustment) }],
  cause: ({ adjustment: { id, reason, reference, note, actor } }) => ({
    reason,
    actor,
    adjustmentId: id,
    ...(reference === undefined ? {} : { reference }),
    ...(note === undefined ? {} : { note }),
  }),
  fault: ({ adjustment }) => fault(adjustment),
};

/** What an adjustment moves. */
export function changeBy({
  affects: affected = "TOTAL",
  delta,
  acceptsShortage,
}: Pick<Adjustment, "delta" | "acceptsShortage"> & { readonly affects?: Affected }): Omit<
  LevelChange,
  keyof LevelName
> {
  return {
    ...noFigures,
    ...(affected !== "CONDITION" && { totalStock: delta }),
    ...(affected !== "TOTAL" && { unsellableStock: delta }),
    ...(acceptsShortage && { acceptsShortage }),
  };
}

export const adjustments = entity<Adjustment>()({
  kind: "adjustment",
  key: ["id"],
  guards: [],
  fault,
  searched: {
    sku: ({ sku }) => sku,
    locationId: ({ locationId }) => locationId,
    delta: ({ delta }) => delta,
    affects: ({ affects: affected }) => affected,
  },
  listedBy: ["sku"],
  searchedParts: {},
  contributes: {
    levels: {
      units: "delta",
      statusIn: "affects",
      otherwise: "TOTAL",
      byStatus: {
        TOTAL: { totalStock: 1 },
        UNSELLABLE: { totalStock: 1, unsellableStock: 1 },
        CONDITION: { unsellableStock: 1 },
      },
    },
  },
  events: { StockAdjusted: stockAdjusted },
});
