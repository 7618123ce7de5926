import { allowing, type BackorderLimit, backordersFault } from "./backorder.ts";
import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, CorrectionId, Instant, LocationId, Sku } from "./ids.ts";
import type { StockFigures, StockLevel } from "./stock-level.ts";
import { figuresFault, levelFault } from "./stored/read-level.ts";
import { claimIfThere, faultOf, ifThere, instant, nested, oneOf, text } from "./stored/record-checks.ts";

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
  /** It was set though fewer units are left than are promised. */
  readonly acceptsShortage?: true;
  /** The level right after it. */
  readonly after: StockLevel;
  readonly claim?: Claim;
}

const fault = faultOf<Correction>("a correction", {
  id: text,
  sku: text,
  locationId: text,
  reason: text,
  actor: text,
  at: instant,
  change: nested(figuresFault),
  acceptsShortage: ifThere(oneOf(true)),
  after: nested(levelFault),
  claim: claimIfThere,
});

/** A level that did not add up was set right. Moves counters, and nothing that they count. */
export interface StockCorrected {
  readonly type: "StockCorrected";
  readonly actor: Actor;
  /** How far below zero the level may be. Left out: not at all. */
  readonly backorders?: readonly BackorderLimit[];
  readonly correction: Correction;
}

const stockCorrected: EventRow<StockCorrected> = {
  changes: ({ corrections }, { correction }) => {
    assert(!corrections.has(correction.id), `${correction.id} was made twice`);
    return { corrections: [correction] };
  },
  moves: ({ correction: { sku, locationId, change, acceptsShortage }, backorders }) =>
    allowing([{ sku, locationId, ...change, ...(acceptsShortage && { acceptsShortage }) }], backorders),
  cause: ({ correction: { id, reason, actor } }) => ({
    reason: "corrected",
    actor,
    correctionId: id,
    reference: reason,
  }),
  fault: ({ correction, backorders }) => fault(correction) ?? backordersFault(backorders),
};

export const corrections = entity<Correction>()({
  kind: "correction",
  key: ["id"],
  guards: [],
  fault,
  searched: {},
  searchedParts: {},
  events: { StockCorrected: stockCorrected },
});
