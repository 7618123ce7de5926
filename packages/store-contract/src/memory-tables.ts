import {
  type Adjustment,
  type AdjustmentId,
  type Batch,
  type Command,
  type Correction,
  type CorrectionId,
  type Holding,
  type Instant,
  type JournalEntry,
  journalEntryOf,
  needs,
  type Order,
  type OrderId,
  orderNeeds,
  type Product,
  type Sku,
  type Snapshot,
  type StockLevel,
  snapshotOf,
  type Tally,
  tallyOf,
} from "@holdfast/domain";

/** A whole database as plain maps: the simplest thing that a store can stand on. */
export class MemoryTables {
  readonly products = new Map<Sku, Product>();
  readonly levels = new Map<string, StockLevel>();
  readonly orders = new Map<OrderId, Order>();
  readonly adjustments = new Map<AdjustmentId, Adjustment>();
  readonly holdings = new Map<string, Holding>();
  readonly productClaims = new Map<string, Sku>();
  readonly orderClaims = new Map<string, OrderId>();
  readonly adjustmentClaims = new Map<string, AdjustmentId>();
  readonly corrections = new Map<CorrectionId, Correction>();
  readonly correctionClaims = new Map<string, CorrectionId>();
  readonly journal: JournalEntry[] = [];

  /** Loads what commands need and nothing more, so that a rule which looks further is found out. */
  load(commands: readonly Command[]): Snapshot {
    const named = needs(commands);
    const orders = [
      ...present(this.orders, named.orders),
      ...present(this.orders, present(this.orderClaims, named.orderClaims)),
    ];
    const more = orderNeeds(orders, named);
    return snapshotOf({
      products: [
        ...present(this.products, named.products),
        ...present(this.products, present(this.productClaims, named.productClaims)),
      ],
      levels: [...present(this.levels, named.levels.keys()), ...present(this.levels, more.levels.keys())],
      orders,
      adjustments: present(this.adjustments, present(this.adjustmentClaims, named.adjustmentClaims)),
      corrections: present(this.corrections, present(this.correctionClaims, named.correctionClaims)),
      holdings: present(this.holdings, [...named.holders, ...more.holders]),
      tallies: present(this.levels, named.tallies.keys()).map((level) => this.tally(level)),
    });
  }

  /** Whether every entity still is what the batch was decided on, and no key or id has been taken since. */
  unchangedSince({ products, levels, orders, adjustments, corrections, holdings }: Batch): boolean {
    return (
      products.every(
        ({ before, after }) =>
          this.products.get(after.sku) === before && this.#free(after.claim?.key, this.productClaims),
      ) &&
      levels.every(
        ({ before, after }) => this.levels.get(`${after.sku}@${after.locationId}`)?.version === before?.version,
      ) &&
      orders.every(
        ({ before, after }) =>
          this.orders.get(after.id)?.version === before?.version &&
          (before !== undefined || this.#free(after.claim?.key, this.orderClaims)),
      ) &&
      adjustments.every(
        ({ after }) => !this.adjustments.has(after.id) && this.#free(after.claim?.key, this.adjustmentClaims),
      ) &&
      corrections.every(
        ({ after }) => !this.corrections.has(after.id) && this.#free(after.claim?.key, this.correctionClaims),
      ) &&
      holdings.every(({ before, after }) => this.holdings.get(after.holder)?.units === before?.units)
    );
  }

  write(id: string, batch: Batch): void {
    for (const { after } of batch.products) {
      this.products.set(after.sku, after);
      if (after.claim) this.productClaims.set(after.claim.key, after.sku);
    }
    for (const { after } of batch.levels) this.levels.set(`${after.sku}@${after.locationId}`, after);
    for (const { after } of batch.orders) {
      this.orders.set(after.id, after);
      if (after.claim) this.orderClaims.set(after.claim.key, after.id);
    }
    for (const { after } of batch.adjustments) {
      this.adjustments.set(after.id, after);
      if (after.claim) this.adjustmentClaims.set(after.claim.key, after.id);
    }
    for (const { after } of batch.corrections) {
      this.corrections.set(after.id, after);
      if (after.claim) this.correctionClaims.set(after.claim.key, after.id);
    }
    for (const { after } of batch.holdings) {
      if (after.units === 0) this.holdings.delete(after.holder);
      else this.holdings.set(after.holder, after);
    }
    const entry = journalEntryOf(id, batch);
    if (entry) this.journal.push(entry);
  }

  /** Holds that have not ended, in order of expiry. */
  pending(): Order[] {
    return [...this.orders.values()]
      .filter((order) => order.status === "PENDING_PAYMENT")
      .sort((a, b) => a.reservation.expiresAt - b.reservation.expiresAt);
  }

  /** A level beside what its sources add up to. */
  tally(level: StockLevel): Tally {
    return tallyOf(level, {
      orders: this.orders.values(),
      adjustments: this.adjustments.values(),
      journal: this.journal,
    });
  }

  #free(key: string | undefined, claims: ReadonlyMap<string, unknown>): boolean {
    return key === undefined || !claims.has(key);
  }
}

/** The clock of a store that has none of its own. */
export type StoreClock = () => Instant;

function present<Key, Value>(table: ReadonlyMap<Key, Value>, keys: Iterable<Key>): Value[] {
  const values: Value[] = [];
  for (const key of keys) {
    const value = table.get(key);
    if (value !== undefined) values.push(value);
  }
  return values;
}
