import {
  type Adjustment,
  type AdjustmentId,
  assert,
  type Batch,
  type Command,
  type Correction,
  type CorrectionId,
  type Holding,
  type Instant,
  isReadable,
  type JournalEntry,
  journalEntryOf,
  levelKey,
  needs,
  type Order,
  type OrderId,
  orderNeeds,
  type Product,
  type Read,
  type RecordKind,
  readAdjustment,
  readCorrection,
  readHolding,
  readJournalEntry,
  readLevel,
  readOrder,
  readProduct,
  type Sku,
  type Snapshot,
  type StockLevel,
  snapshotOf,
  type Tally,
  tallyOf,
  Unreadable,
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
  /** The last entry that names a level, by `levelKey`. */
  readonly lastEntries = new Map<string, JournalEntry>();

  /** Loads what commands need and nothing more, so that a rule which looks further is found out. */
  load(commands: readonly Command[]): Snapshot {
    const named = needs(commands);
    const orders = [
      ...read(this.orders, named.orders, readOrder),
      ...claimed(this.orders, this.orderClaims, named.orderClaims, readOrder),
    ];
    const more = orderNeeds(orders.filter(isReadable), named);
    return snapshotOf({
      products: [
        ...read(this.products, named.products, readProduct),
        ...claimed(this.products, this.productClaims, named.productClaims, readProduct),
      ],
      levels: [
        ...read(this.levels, named.levels.keys(), readLevel),
        ...read(this.levels, more.levels.keys(), readLevel),
      ],
      orders,
      adjustments: claimed(this.adjustments, this.adjustmentClaims, named.adjustmentClaims, readAdjustment),
      corrections: claimed(this.corrections, this.correctionClaims, named.correctionClaims, readCorrection),
      holdings: read(this.holdings, [...named.holders, ...more.holders], readHolding),
      tallies: read(this.levels, named.tallies.keys(), readLevel).map((level) => this.tally(level)),
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
    if (entry === undefined) return;
    this.journal.push(entry);
    for (const { sku, locationId } of entry.levelsBefore) this.lastEntries.set(levelKey(sku, locationId), entry);
  }

  /** For a test that edits records. */
  tableOf(kind: RecordKind): ReadonlyMap<string, object> {
    const { products: product, levels: stock_level, orders: order, adjustments: adjustment, holdings: holding } = this;
    const table = { product, stock_level, order, adjustment, holding }[kind as "product"];
    assert(table !== undefined, `there is no table of ${kind}`);
    return table;
  }

  /** For a test that edits an entry. */
  spoilEntry(id: string, fields: object): void {
    const index = this.journal.findIndex((entry) => entry.id === id);
    const entry = { ...this.journal[index], ...fields } as JournalEntry;
    this.journal[index] = entry;
    for (const [key, last] of this.lastEntries) if (last.id === id) this.lastEntries.set(key, entry);
  }

  /** Holds that have not ended, in order of expiry. */
  pending(): Order[] {
    return [...this.orders.values()]
      .filter((order) => order.status === "PENDING_PAYMENT")
      .sort((a, b) => a.reservation.expiresAt - b.reservation.expiresAt);
  }

  /** A level beside what its sources add up to: as in other stores, whatever else is wrong with them. */
  tally(level: Read<StockLevel>): Read<Tally> {
    if (level instanceof Unreadable) return level;
    const last = this.lastEntries.get(levelKey(level.sku, level.locationId));
    const entry = last && readJournalEntry(last.id, last);
    const journal = entry !== undefined && isReadable(entry) ? [entry] : [];
    const tally = tallyOf(level, { orders: this.orders.values(), adjustments: this.adjustments.values(), journal });
    return entry instanceof Unreadable ? { ...tally, journalled: entry } : tally;
  }

  #free(key: string | undefined, claims: ReadonlyMap<string, unknown>): boolean {
    return key === undefined || !claims.has(key);
  }
}

/** The clock of a store that has none of its own. */
export type StoreClock = () => Instant;

type Reader<Entity> = (key: string, stored: unknown, claimKey?: string) => Read<Entity>;

/** Those of the keys that are there; each is checked, since a test may have edited it. */
function read<Key extends string, Entity>(
  table: ReadonlyMap<Key, Entity>,
  keys: Iterable<Key>,
  reader: Reader<Entity>,
): Read<Entity>[] {
  const found: Read<Entity>[] = [];
  for (const key of keys) {
    const stored = table.get(key);
    if (stored !== undefined) found.push(reader(key, stored));
  }
  return found;
}

/** What idempotency keys have made. */
function claimed<Key extends string, Entity>(
  table: ReadonlyMap<Key, Entity>,
  claims: ReadonlyMap<string, Key>,
  claimKeys: Iterable<string>,
  reader: Reader<Entity>,
): Read<Entity>[] {
  return [...claimKeys].flatMap((claimKey) => {
    const key = claims.get(claimKey);
    return key === undefined ? [] : [reader(key, table.get(key), claimKey)];
  });
}
