import type { Adjustment } from "./adjustment.ts";
import { assert } from "./bug.ts";
import type { Correction } from "./correction.ts";
import type { JournalRecord } from "./event-rows.ts";
import type { Fulfilment } from "./fulfilment.ts";
import type { FulfilmentId, Instant, OrderId, ReversalId } from "./ids.ts";
import { type JournalEntry, levelsAtStart } from "./journal.ts";
import { levelChanges } from "./journal-record.ts";
import { limits } from "./limits.ts";
import { readFolded } from "./movements.ts";
import type { Recount } from "./reconcile.ts";
import type { Reversal } from "./reversal.ts";
import {
  emptyLevel,
  figuresAfter,
  figuresBetween,
  type LevelChange,
  type LevelName,
  levelKey,
  move,
  noFigures,
  plainLevel,
  type StockFigures,
  type StockLevel,
} from "./stock-level.ts";
import { type Read, Unreadable } from "./stored/unreadable.ts";

/** What one part of a number is made of: all of it as a count and a sum, and the newest few one by one. */
export interface Part<Item, Sum = number> {
  readonly count: number;
  readonly sum: Sum;
  /** Newest first, `limits.explainedItemsMax` at most. */
  readonly newest: readonly Item[];
}

/** An order's units of one level. */
export interface OrderUnits {
  readonly orderId: OrderId;
  readonly units: number;
  readonly placedAt: Instant;
}

/** A fulfilment's units of one level. */
export interface ShippedUnits {
  readonly fulfilmentId: FulfilmentId;
  readonly orderId: OrderId;
  readonly units: number;
  readonly at: Instant;
}

/** A reversal's units of one level. */
export interface ReversedUnits {
  readonly reversalId: ReversalId;
  readonly orderId: OrderId;
  readonly units: number;
  readonly at: Instant;
}

/**
 * What adds up to a level's numbers:
 *
 * - totalStock = adjustments - shipped + restocked + corrections + unexplained
 * - reservedStock = held + corrections + unexplained
 * - committedStock = sold - shipped - cancelled + corrections + unexplained
 */
export interface Explanation {
  readonly level: StockLevel;
  readonly adjustments: Part<Adjustment>;
  /** By orders that await their payment. */
  readonly held: Part<OrderUnits>;
  /** To orders that are paid, shipped or not. */
  readonly sold: Part<OrderUnits>;
  /** That have left with fulfilments. */
  readonly shipped: Part<ShippedUnits>;
  /** That were cancelled after they were sold and before they left. */
  readonly cancelled: Part<ReversedUnits>;
  /** That have come back and can be sold again. */
  readonly restocked: Part<ReversedUnits>;
  readonly corrections: Part<Correction, StockFigures>;
  /** What no journal entry moved: someone edited the level, and a later entry found it so. A correction evens it out. */
  readonly unexplained: StockFigures;
  /** Entries that could not be read, the first few of them. Unless there are none, every sum here may lack what they moved. */
  readonly unreadable: readonly Unreadable[];
}

/** What an order has moved, as far as its story has been read back. */
interface Story {
  held: number;
  sold: number;
  /** The oldest moment of it so far. */
  at: Instant;
  /** Whether it was read back to its placing. */
  isWhole: boolean;
}

/**
 * Explains one level out of its journal, read backwards: give it every entry that names the level's SKU up to the
 * instant that is asked about, newest first. It goes on past an entry that cannot be read, and says so.
 *
 * It reads no clock and no store. Its memory is bounded by the orders that were open at one time: one that has been
 * read back to its placing is counted and forgotten. Sums do not depend on the order of entries, so that a clock which
 * was set back skews none.
 */
export class Explainer {
  readonly #key: string;
  readonly #adjustments = new Counted<Adjustment>();
  readonly #sold = new Counted<OrderUnits>();
  readonly #shipped = new Counted<ShippedUnits>();
  readonly #cancelled = new Counted<ReversedUnits>();
  readonly #restocked = new Counted<ReversedUnits>();
  readonly #corrections = new Counted<Correction>();
  readonly #stories = new Map<OrderId, Story>();
  readonly #unreadable: Unreadable[] = [];
  /** Movements of the level that were read so far. */
  movements = 0;
  #moved: StockFigures = noFigures;
  #corrected: StockFigures = noFigures;
  #level: StockLevel;

  constructor({ sku, locationId }: LevelName) {
    this.#key = levelKey(sku, locationId);
    this.#level = emptyLevel(sku, locationId);
  }

  add(read: Read<JournalEntry>): void {
    if (read instanceof Unreadable) {
      if (this.#unreadable.length < limits.explainedItemsMax) this.#unreadable.push(read);
      return;
    }
    const folded = readFolded(read, (entry) => this.#movesIn(entry));
    if (folded instanceof Unreadable) {
      this.add(folded);
      return;
    }
    const { moves, after } = folded;
    for (const [record, change] of moves.reverse()) this.#attribute(record, change, read.at);
    if (after !== undefined && after.version > this.#level.version) this.#level = after;
  }

  /** What an entry moves of the level, and where that leads. */
  #movesIn(entry: JournalEntry) {
    let level = levelsAtStart(entry).get(this.#key);
    const moves: (readonly [JournalRecord, LevelChange])[] = [];
    for (const record of level === undefined ? [] : entry.records) {
      for (const change of levelChanges(record)) {
        if (level === undefined || levelKey(change.sku, change.locationId) !== this.#key) continue;
        level = move(level, change);
        moves.push([record, change]);
      }
    }
    return { moves, after: level };
  }

  /** The level as the entries so far left it. */
  get explanation(): Explanation {
    const { held, sold } = this.#orders(() => true);
    const { count, newest } = this.#corrections;
    return {
      level: this.#level,
      adjustments: this.#adjustments.part,
      held: held.part,
      sold: sold.part,
      shipped: this.#shipped.part,
      cancelled: this.#cancelled.part,
      restocked: this.#restocked.part,
      corrections: { count, sum: this.#corrected, newest },
      unexplained: figuresBetween(this.#moved, this.#level),
      unreadable: [...this.#unreadable],
    };
  }

  /**
   * The level as it is now, where the journal has not been read to its beginning. Sums and counts are those of its recount, and of all its
   * corrections, which are given newest first. The newest of each other part are named as far as they have been read back to where they
   * began. `unexplained` is then whatever else the level counts.
   */
  summedBy({ level, sources, sums }: Recount, corrections: readonly Correction[]): Explanation {
    const { held, sold } = this.#orders(({ isWhole }) => isWhole);
    const { units, counts } = sums;
    const corrected = corrections.reduce<StockFigures>((sum, { change }) => figuresAfter(sum, change), noFigures);
    return {
      level: plainLevel(level),
      adjustments: {
        count: counts.totalStock - counts.restockedUnits,
        sum: units.totalStock + units.shippedUnits - units.restockedUnits,
        newest: this.#adjustments.part.newest,
      },
      held: { count: counts.reservedStock, sum: units.reservedStock, newest: held.newest },
      sold: {
        count: counts.committedStock,
        sum: units.committedStock + units.shippedUnits + units.cancelledUnits,
        newest: sold.newest,
      },
      shipped: { ...this.#shipped.part, count: counts.shippedUnits, sum: units.shippedUnits },
      cancelled: { ...this.#cancelled.part, count: counts.cancelledUnits, sum: units.cancelledUnits },
      restocked: { ...this.#restocked.part, count: counts.restockedUnits, sum: units.restockedUnits },
      corrections: {
        count: corrections.length,
        sum: corrected,
        newest: corrections.slice(0, limits.explainedItemsMax),
      },
      unexplained: figuresBetween(figuresAfter(sources, corrected), level),
      unreadable: [...this.#unreadable],
    };
  }

  /** Orders that hold or have bought units, newest first; of those that are still open to further reading, some. */
  #orders(counts: (story: Story) => boolean): { held: Counted<OrderUnits>; sold: Counted<OrderUnits> } {
    const held = new Counted<OrderUnits>();
    const sold = this.#sold.copy();
    const open = [...this.#stories].sort(([a, { at: one }], [b, { at: other }]) => other - one || (a > b ? -1 : 1));
    for (const [orderId, story] of open) {
      if (!counts(story)) continue;
      if (story.held !== 0) held.add({ orderId, units: story.held, placedAt: story.at }, story.held);
      if (story.sold !== 0) sold.add({ orderId, units: story.sold, placedAt: story.at }, story.sold);
    }
    return { held, sold };
  }

  #attribute(record: JournalRecord, change: LevelChange, at: Instant): void {
    this.movements += 1;
    this.#moved = figuresAfter(this.#moved, change);
    if (record.type === "StockAdjusted") this.#adjustments.add(record.adjustment, change.totalStock);
    else if (record.type === "StockCorrected") {
      this.#corrections.add(record.correction, 0);
      this.#corrected = figuresAfter(this.#corrected, change);
    } else if (record.type === "OrderFulfilled") {
      const units = -change.totalStock;
      this.#shipped.add(shippedUnits(record.fulfilment, units), units);
    } else if (record.type === "SaleReversed") {
      const [part, units] =
        record.reversal.kind === "CANCELLATION"
          ? [this.#cancelled, -change.committedStock]
          : [this.#restocked, change.totalStock];
      part.add(reversedUnits(record.reversal, units), units);
    } else {
      assert("orderId" in record, `${record.type} moves stock for nobody`);
      this.#readBack(record.orderId, change, at, record.type === "OrderPlaced");
    }
  }

  #readBack(orderId: OrderId, change: LevelChange, at: Instant, toItsPlacing: boolean): void {
    const { held, sold } = this.#stories.get(orderId) ?? { held: 0, sold: 0 };
    const story = { held: held + change.reservedStock, sold: sold + change.committedStock, at, isWhole: toItsPlacing };
    if (!toItsPlacing || story.held !== 0) {
      this.#stories.set(orderId, story);
      return;
    }
    this.#stories.delete(orderId);
    if (story.sold !== 0) this.#sold.add({ orderId, units: story.sold, placedAt: at }, story.sold);
  }
}

function shippedUnits({ id, orderId, at }: Fulfilment, units: number): ShippedUnits {
  return { fulfilmentId: id, orderId, units, at };
}

function reversedUnits({ id, orderId, at }: Reversal, units: number): ReversedUnits {
  return { reversalId: id, orderId, units, at };
}

/** Counts everything, and keeps the first few of what it is given. */
class Counted<Item> {
  count = 0;
  sum = 0;
  readonly newest: Item[] = [];

  add(item: Item, units: number): void {
    this.count += 1;
    this.sum += units;
    if (this.newest.length < limits.explainedItemsMax) this.newest.push(item);
  }

  copy(): Counted<Item> {
    const copy = new Counted<Item>();
    copy.count = this.count;
    copy.sum = this.sum;
    copy.newest.push(...this.newest);
    return copy;
  }

  get part(): Part<Item> {
    return { count: this.count, sum: this.sum, newest: [...this.newest] };
  }
}
