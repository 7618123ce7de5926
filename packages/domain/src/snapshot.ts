import type { Adjustment } from "./adjustment.ts";
import type { Correction } from "./correction.ts";
import type { Holding } from "./holding.ts";
import type { AdjustmentId, CorrectionId, OrderId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Product } from "./product.ts";
import type { Tally } from "./reconcile.ts";
import { levelKey, type StockLevel } from "./stock-level.ts";
import { isReadable, type Read, Unreadable } from "./stored/unreadable.ts";
import { claimedKey, recordKey } from "./unreadable-needs.ts";

/**
 * What a batch of commands can see: every entity that `needs` named, as one consistent read of the store.
 * An entity that is not here does not exist, unless it is among the unreadable ones.
 */
export interface Snapshot {
  readonly products: ReadonlyMap<Sku, Product>;
  /** By `levelKey`. */
  readonly levels: ReadonlyMap<string, StockLevel>;
  readonly orders: ReadonlyMap<OrderId, Order>;
  readonly adjustments: ReadonlyMap<AdjustmentId, Adjustment>;
  readonly corrections: ReadonlyMap<CorrectionId, Correction>;
  /** What an idempotency key has made so far, by key. Each kind of thing has its own name space. */
  readonly productClaims: ReadonlyMap<string, Product>;
  readonly orderClaims: ReadonlyMap<string, Order>;
  readonly adjustmentClaims: ReadonlyMap<string, Adjustment>;
  readonly correctionClaims: ReadonlyMap<string, Correction>;
  /** What holders have on hold now, by `holderKey`. Who is not here holds none. */
  readonly holdings: ReadonlyMap<string, Holding>;
  /** Levels beside what their sources add up to, by `levelKey`: of those that `needs` asked for. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** What is there and cannot be read, by `recordKey` and `claimedKey`. */
  readonly unreadable: ReadonlyMap<string, Unreadable>;
}

/** Entities that an event makes or replaces. */
export interface Changes {
  readonly products?: readonly Product[];
  readonly levels?: readonly StockLevel[];
  readonly orders?: readonly Order[];
  readonly adjustments?: readonly Adjustment[];
  readonly corrections?: readonly Correction[];
  /** Of 0 units: there is none any more. */
  readonly holdings?: readonly Holding[];
  /** Worked out by whoever loads a snapshot, and kept up to date by events; never written. */
  readonly tallies?: readonly Tally[];
}

/** What a store has loaded: entities in any order. */
export interface Loaded {
  readonly products?: readonly Read<Product>[];
  readonly levels?: readonly Read<StockLevel>[];
  readonly orders?: readonly Read<Order>[];
  readonly adjustments?: readonly Read<Adjustment>[];
  readonly corrections?: readonly Read<Correction>[];
  readonly tallies?: readonly Read<Tally>[];
  readonly holdings?: readonly Read<Holding>[];
}

/** Builds a snapshot from what a store has loaded. */
export function snapshotOf(loaded: Loaded): Snapshot {
  const unreadable = new Map<string, Unreadable>();
  const products = readable(loaded.products, unreadable);
  const levels = readable(loaded.levels, unreadable);
  const orders = readable(loaded.orders, unreadable);
  const adjustments = readable(loaded.adjustments, unreadable);
  const corrections = readable(loaded.corrections, unreadable);
  const holdings = readable(loaded.holdings, unreadable);
  const tallies = readable(loaded.tallies, unreadable);
  return {
    products: new Map(products.map((product) => [product.sku, product])),
    levels: new Map(levels.map((level) => [levelKey(level.sku, level.locationId), level])),
    orders: new Map(orders.map((order) => [order.id, order])),
    adjustments: new Map(adjustments.map((adjustment) => [adjustment.id, adjustment])),
    corrections: new Map(corrections.map((correction) => [correction.id, correction])),
    productClaims: claimed(products),
    orderClaims: claimed(orders),
    adjustmentClaims: claimed(adjustments),
    correctionClaims: claimed(corrections),
    holdings: new Map(holdings.map((holding) => [holding.holder, holding])),
    tallies: new Map(tallies.map((tally) => [levelKey(tally.level.sku, tally.level.locationId), tally])),
    unreadable,
  };
}

/** Those that could be read; the others are taken down. */
function readable<Entity>(read: readonly Read<Entity>[] = [], unreadable: Map<string, Unreadable>): readonly Entity[] {
  if (read.every(isReadable)) return read;
  for (const record of read) {
    if (!(record instanceof Unreadable)) continue;
    unreadable.set(recordKey(record.kind, record.id), record);
    if (record.claimKey !== undefined) unreadable.set(claimedKey(record.kind, record.claimKey), record);
  }
  return read.filter(isReadable);
}

function claimed<Entity extends { readonly claim?: { readonly key: string } }>(
  entities: readonly Entity[],
): Map<string, Entity> {
  return new Map(
    entities.flatMap((entity) => (entity.claim === undefined ? [] : [[entity.claim.key, entity] as const])),
  );
}
