import type { Adjustment } from "./adjustment.ts";
import type { Correction } from "./correction.ts";
import type { Holding } from "./holding.ts";
import type { AdjustmentId, CorrectionId, OrderId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Product } from "./product.ts";
import type { Tally } from "./reconcile.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import { levelKey, type StockLevel } from "./stock-level.ts";
import type { Unreadable } from "./stored/unreadable.ts";

/** An entity before a batch (`undefined`: it is new) and after it. */
export interface Write<Entity> {
  readonly before: Entity | undefined;
  readonly after: Entity;
}

/** An entity that was there before a batch. */
export interface Change<Entity> {
  readonly before: Entity;
  readonly after: Entity;
}

/**
 * A snapshot that a batch works on: the one mutable thing in the domain, alive only inside `decideBatch`.
 * The entities in it are values; applying a change replaces them, and never touches the snapshot it began from.
 */
export class Draft implements Snapshot {
  readonly products: Map<Sku, Product>;
  readonly levels: Map<string, StockLevel>;
  readonly orders: Map<OrderId, Order>;
  readonly adjustments: Map<AdjustmentId, Adjustment>;
  readonly corrections: Map<CorrectionId, Correction>;
  readonly productClaims: Map<string, Product>;
  readonly orderClaims: Map<string, Order>;
  readonly adjustmentClaims: Map<string, Adjustment>;
  readonly correctionClaims: Map<string, Correction>;
  readonly holdings: Map<string, Holding>;
  readonly tallies: Map<string, Tally>;
  readonly unreadable: ReadonlyMap<string, Unreadable>;

  constructor(base: Snapshot) {
    this.products = new Map(base.products);
    this.levels = new Map(base.levels);
    this.orders = new Map(base.orders);
    this.adjustments = new Map(base.adjustments);
    this.corrections = new Map(base.corrections);
    this.productClaims = new Map(base.productClaims);
    this.orderClaims = new Map(base.orderClaims);
    this.adjustmentClaims = new Map(base.adjustmentClaims);
    this.correctionClaims = new Map(base.correctionClaims);
    this.holdings = new Map(base.holdings);
    this.tallies = new Map(base.tallies);
    this.unreadable = base.unreadable;
  }

  apply(changes: Changes): void {
    for (const product of changes.products ?? []) {
      this.products.set(product.sku, product);
      if (product.claim) this.productClaims.set(product.claim.key, product);
    }
    for (const level of changes.levels ?? []) this.levels.set(levelKey(level.sku, level.locationId), level);
    for (const order of changes.orders ?? []) {
      this.orders.set(order.id, order);
      if (order.claim) this.orderClaims.set(order.claim.key, order);
    }
    for (const adjustment of changes.adjustments ?? []) {
      this.adjustments.set(adjustment.id, adjustment);
      if (adjustment.claim) this.adjustmentClaims.set(adjustment.claim.key, adjustment);
    }
    for (const correction of changes.corrections ?? []) {
      this.corrections.set(correction.id, correction);
      if (correction.claim) this.correctionClaims.set(correction.claim.key, correction);
    }
    for (const holding of changes.holdings ?? []) {
      if (holding.units === 0) this.holdings.delete(holding.holder);
      else this.holdings.set(holding.holder, holding);
    }
    for (const tally of changes.tallies ?? []) {
      this.tallies.set(levelKey(tally.level.sku, tally.level.locationId), tally);
    }
  }
}

/** What stands in `after` and did not stand so in `before`, in order of first change. */
export function writesBetween<Key, Entity>(
  before: ReadonlyMap<Key, Entity>,
  after: ReadonlyMap<Key, Entity>,
): Write<Entity>[] {
  const writes: Write<Entity>[] = [];
  for (const [key, entity] of after) {
    const old = before.get(key);
    if (old !== entity) writes.push({ before: old, after: entity });
  }
  return writes;
}

/** Holdings that are not what they were. One of 0 units afterwards is to be taken away. */
export function holdingsBetween(before: Snapshot["holdings"], after: Snapshot["holdings"]): Write<Holding>[] {
  const ended = [...before.keys()].filter((holder) => !after.has(holder)).map((holder) => ({ holder, units: 0 }));
  const moved = (holding: Holding) => holding.units !== before.get(holding.holder)?.units;
  return [...after.values(), ...ended]
    .filter(moved)
    .map((holding) => ({ before: before.get(holding.holder), after: holding }));
}

/** The entities that are new, as they are after the batch. */
export function addedBy<Entity>(writes: readonly Write<Entity>[]): Entity[] {
  return writes.filter(({ before }) => before === undefined).map(({ after }) => after);
}

/** The entities that were there before, before and after the batch. */
export function changedBy<Entity>(writes: readonly Write<Entity>[]): Change<Entity>[] {
  return writes.flatMap(({ before, after }) => (before === undefined ? [] : [{ before, after }]));
}
