import { backorderLimitOf, backordersOf } from "../backorder.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import type { Correction } from "../correction.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, CorrectionId, Instant, LocationId, Sku } from "../ids.ts";
import { driftOf } from "../reconcile.ts";
import type { Snapshot } from "../snapshot.ts";
import {
  availableStock,
  figuresAfter,
  figuresBetween,
  levelKey,
  plainLevel,
  type StockFigures,
  type StockLevel,
  sameFigures,
  sellableStock,
} from "../stock-level.ts";

/** Sets a level that does not add up to what its sources add up to, as a person has reviewed them. */
export interface CorrectStock {
  readonly type: "CorrectStock";
  readonly actor: Actor;
  readonly correctionId: CorrectionId;
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** The reviewer's own words. */
  readonly reason: string;
  /** What the sources added up to when the reviewer saw them. */
  readonly expected: StockFigures;
  /** It may be set though that is less than is promised: a loss was booked. */
  readonly acceptsShortage?: true;
  readonly claim?: Claim;
}

/**
 * A level that does not add up is set to what its sources add up to now, if that still is what the reviewer saw. A sum
 * that promises more than there is is set only where the reviewer accepts the shortage: otherwise the stock has to be counted first.
 */
export const correctStock: CommandModule<CorrectStock, "corrections"> = {
  reads: ({ sku, locationId }) => {
    const level = levelKey(sku, locationId);
    return { products: [sku], locations: [locationId], levels: [level], recounts: [level] };
  },
  // A fold hides whatever someone has changed of the orders in it. Where it leads to other sums than the reviewer saw, it is not
  // trusted.
  leadsTo: ({ sku, locationId, expected }, { recounts }) => {
    const level = levelKey(sku, locationId);
    const recount = recounts.get(level);
    const isAsSeen = recount === undefined || sameFigures(recount.sources, expected);
    return isAsSeen || recount.level.fold === undefined ? {} : { fullRecounts: [level] };
  },
  subject: { of: "corrections", keyOf: ({ correctionId }) => correctionId },
  decide,
};

function decide(snapshot: Snapshot, command: CorrectStock, now: Instant): Decision {
  const { sku, locationId, reason, expected, actor, acceptsShortage, claim } = command;
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });
  if (!snapshot.locations.has(locationId)) return refuse({ code: "location_not_found", locationIds: [locationId] });

  const recount = snapshot.recounts.get(levelKey(sku, locationId));
  // A level that does not exist counts nothing, and says nothing wrong.
  if (recount === undefined || driftOf(recount).length === 0)
    return refuse({ code: "nothing_to_correct", sku, locationId });

  const { level, sources } = recount;
  const change = figuresBetween(level, sources);
  const after: StockLevel = { ...plainLevel(level), ...figuresAfter(level, change), version: level.version + 1 };
  if (!sameFigures(sources, expected)) {
    return refuse({ code: "drift_changed", sku, locationId, counted: named(level), expected: named(sources) });
  }
  // No shortage covers that more is set aside than there is.
  const isThere = sellableStock(after) >= Math.min(0, sellableStock(level));
  if (!isThere || (availableStock(after) < -backorderLimitOf(snapshot, sku) && !acceptsShortage)) {
    const promised = after.reservedStock + after.committedStock + after.safetyStock;
    return refuse({ code: "stock_promised", sku, locationId, requested: promised, available: sellableStock(after) });
  }

  const correction: Correction = {
    id: command.correctionId,
    sku,
    locationId,
    reason,
    actor,
    at: now,
    change,
    ...(acceptsShortage && { acceptsShortage }),
    after,
    ...(claim && { claim }),
  };
  return accept({ type: "StockCorrected", actor, ...backordersOf(snapshot, [{ sku }]), correction });
}

/** Counters as a refusal names them: what counts no units is the same as what is left out. */
function named(figures: StockFigures): StockFigures {
  const { totalStock, reservedStock, committedStock, unsellableStock = 0, incomingStock = 0 } = figures;
  return {
    totalStock,
    reservedStock,
    committedStock,
    ...(unsellableStock !== 0 && { unsellableStock }),
    ...(incomingStock !== 0 && { incomingStock }),
  };
}
