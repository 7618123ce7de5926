import type { Adjustment } from "./adjustment.ts";
import type { Correction } from "./correction.ts";
import type { Holding } from "./holding.ts";
import type { AdjustmentId, CorrectionId, OrderId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Product } from "./product.ts";
import type { Tally } from "./reconcile.ts";
import { levelKey, type StockLevel } from "./stock-level.ts";

/**
 * What a batch of commands can see: every entity that `needs` named, as one consistent read of the store.
 * An entity that is not here does not exist.
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

/** Builds a snapshot from what a store has loaded, in any order. */
export function snapshotOf(loaded: Changes): Snapshot {
  const claimed = <Entity extends { readonly claim?: { readonly key: string } }>(entities: readonly Entity[] = []) =>
    new Map(entities.flatMap((entity) => (entity.claim === undefined ? [] : [[entity.claim.key, entity] as const])));
  return {
    products: new Map(loaded.products?.map((product) => [product.sku, product])),
    levels: new Map(loaded.levels?.map((level) => [levelKey(level.sku, level.locationId), level])),
    orders: new Map(loaded.orders?.map((order) => [order.id, order])),
    adjustments: new Map(loaded.adjustments?.map((adjustment) => [adjustment.id, adjustment])),
    corrections: new Map(loaded.corrections?.map((correction) => [correction.id, correction])),
    productClaims: claimed(loaded.products),
    orderClaims: claimed(loaded.orders),
    adjustmentClaims: claimed(loaded.adjustments),
    correctionClaims: claimed(loaded.corrections),
    holdings: new Map(loaded.holdings?.map((holding) => [holding.holder, holding])),
    tallies: new Map(loaded.tallies?.map((tally) => [levelKey(tally.level.sku, tally.level.locationId), tally])),
  };
}
