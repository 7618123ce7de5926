import {
  type Adjustment,
  availableAnywhere,
  availableStock,
  type Balances,
  type Correction,
  type Explanation,
  emptyLevel,
  type Instant,
  incomingIn,
  type JournalRecord,
  type Movement,
  mainLocation,
  type Product,
  promisable,
  type ShownOrder,
  type StockLevel,
  shortStock,
  unsellableIn,
} from "@holdfast/domain";
import type { PlacedEvent, StockedProduct } from "@holdfast/engine";
import type { eventSchema, Shown } from "@holdfast/http-contract";
import { changedLinesView, stockView } from "./order-view.ts";

// Computed figures and renamed fields that answers show beside their entities' own. The schemas of `http-contract` say which of all
// these fields are public.

export function levelView(level: Balances) {
  return {
    ...level,
    unsellableStock: unsellableIn(level),
    incomingStock: incomingIn(level),
    availableStock: availableStock(level),
    shortStock: shortStock(level),
  };
}

export function productView({ product, levels, inactive }: StockedProduct) {
  const total = {
    totalStock: 0,
    reservedStock: 0,
    committedStock: 0,
    safetyStock: 0,
    unsellableStock: 0,
    incomingStock: 0,
    shortStock: 0,
  };
  for (const level of levels.map(levelView)) {
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += level[name];
  }
  const archived = product.archivedAt !== undefined;
  const availableStock = availableAnywhere(levels, inactive);
  const shown = levels.map((level) => ({ ...levelView(level), active: !inactive.includes(level.locationId) }));
  return { ...product, archived, ...total, availableStock, levels: shown };
}

/** What the public may see: how much can be promised, and nothing of what is sold, held or kept back. */
export function shoppersProductView({ product, levels, inactive }: StockedProduct) {
  const shown = levels.map((level) => shoppersLevel(level, product, !inactive.includes(level.locationId)));
  return productView({ product, levels: shown, inactive });
}

function shoppersLevel(level: StockLevel, { policies }: Product, isActive: boolean): StockLevel {
  return {
    ...emptyLevel(level.sku, level.locationId),
    version: level.version,
    totalStock: isActive ? promisable(level, policies?.backorderLimit ?? 0) : 0,
  };
}

/** What a shopper may see of their own order: not what the shop has written on it for itself. */
export function shoppersOrderView({ metadata: _metadata, ...order }: ShownOrder): ShownOrder {
  return order;
}

/** A product as it was right after it was created: also what a replay of its creation answers. */
export function newProductView(product: Product) {
  const { sku, initialStock, initiallyInactive = false } = product;
  const empty = emptyLevel(sku, mainLocation);
  const level = initialStock === 0 ? empty : { ...empty, version: 1, totalStock: initialStock };
  return productView({ product, levels: [level], inactive: initiallyInactive ? [mainLocation] : [] });
}

export function adjustmentView(adjustment: Adjustment) {
  const { affects, at, after } = adjustment;
  return { ...adjustment, affects: affects ?? ("TOTAL" as const), createdAt: at, level: levelView(after) };
}

export function correctionView(correction: Correction) {
  return { ...correction, createdAt: correction.at, level: levelView(correction.after) };
}

export function movementView(movement: Movement) {
  const { sku, backorderLimit } = movement.change;
  return { ...movement, sku, backorderLimit, after: levelView(movement.after) };
}

/** An explanation as of an instant. */
export function explanationView(explanation: Explanation, at: Instant) {
  const { level, adjustments, corrections, unreadable } = explanation;
  return {
    ...explanation,
    sku: level.sku,
    at,
    level: levelView(level),
    adjustments: { ...adjustments, newest: adjustments.newest.map(adjustmentView) },
    corrections: { ...corrections, newest: corrections.newest.map(correctionView) },
    complete: unreadable.length === 0,
  };
}

export function eventView(event: PlacedEvent): Shown<typeof eventSchema> {
  if (!("record" in event)) return { type: "Unreadable", ...event.place, ...event.unreadable };
  return { ...recordView(event.record), ...event.place, at: event.at };
}

function recordView(record: JournalRecord) {
  switch (record.type) {
    case "StockAdjusted": {
      const { adjustment } = record;
      return { ...adjustmentView(adjustment), ...record, adjustmentId: adjustment.id };
    }
    case "StockCorrected": {
      const { correction } = record;
      return { ...correctionView(correction), ...record, correctionId: correction.id };
    }
    case "OrderLinesChanged":
      return changedLinesView(record);
    default:
      return "orderId" in record && "lines" in record ? stockView(record) : record;
  }
}
