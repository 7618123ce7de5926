import type { Adjustment } from "./adjustment.ts";
import { assert } from "./bug.ts";
import type { Correction } from "./correction.ts";
import { Counted } from "./counted.ts";
import type { JournalRecord } from "./event-rows.ts";
import { ExplainedTransfers } from "./explained-transfers.ts";
import type { Explanation, OrderUnits, ReversedUnits, ShippedUnits, UnsellableUnits } from "./explanation.ts";
import type { Fulfilment } from "./fulfilment.ts";
import type { Instant, OrderId } from "./ids.ts";
import { type JournalEntry, levelsAtStart } from "./journal.ts";
import { levelChanges } from "./journal-record.ts";
import { limits } from "./limits.ts";
import { readFolded } from "./movements.ts";
import { type AtPlaces, placedLines } from "./order-places.ts";
import type { Receipt } from "./receipt.ts";
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
  readonly #unsellable = new Counted<UnsellableUnits>();
  readonly #corrections = new Counted<Correction>();
  readonly #transfers = new ExplainedTransfers();
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
      unsellable: this.#unsellable.part,
      ...this.#transfers.parts,
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
    const transfers = this.#transfers.whole;
    const corrected = corrections.reduce<StockFigures>((sum, { change }) => figuresAfter(sum, change), noFigures);
    return {
      level: plainLevel(level),
      adjustments: {
        count: counts.totalStock - counts.restockedUnits - counts.arrivedUnits,
        sum: units.totalStock + units.shippedUnits - units.restockedUnits + units.sentUnits - units.arrivedUnits,
        newest: this.#adjustments.part.newest,
      },
      held: {
        count: counts.reservedStock - counts.awaitingUnits,
        sum: units.reservedStock - units.awaitingUnits,
        newest: held.newest,
      },
      sold: {
        count: counts.committedStock,
        sum: units.committedStock + units.shippedUnits + units.cancelledUnits,
        newest: sold.newest,
      },
      shipped: { ...this.#shipped.part, count: counts.shippedUnits, sum: units.shippedUnits },
      cancelled: { ...this.#cancelled.part, count: counts.cancelledUnits, sum: units.cancelledUnits },
      restocked: { ...this.#restocked.part, count: counts.restockedUnits, sum: units.restockedUnits },
      unsellable: { ...this.#unsellable.part, count: counts.unsellableStock, sum: units.unsellableStock },
      awaiting: { ...transfers.awaiting, count: counts.awaitingUnits, sum: units.awaitingUnits },
      sent: { ...transfers.sent, count: counts.sentUnits, sum: units.sentUnits },
      expected: {
        ...transfers.expected,
        count: counts.incomingStock,
        sum: units.incomingStock + units.arrivedUnits,
      },
      arrived: { ...transfers.arrived, count: counts.arrivedUnits, sum: units.arrivedUnits },
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
    if (record.type === "LevelChanged") return;
    if (record.type === "StockAdjusted") this.#attributeAdjustment(record.adjustment, change);
    else if (record.type === "StockCorrected") {
      this.#corrections.add(record.correction, 0);
      this.#corrected = figuresAfter(this.#corrected, change);
    } else if (record.type === "OrderFulfilled") {
      const units = -change.totalStock;
      this.#shipped.add(shippedUnits(record.fulfilment, units), units);
    } else if (record.type === "SaleReversed") this.#attributeReversal(record.reversal);
    else if (record.type === "TransferReceived") this.#attributeReceipt(record.receipt);
    else if ("transferId" in record) this.#transfers.addStep(record, change, at);
    else {
      assert("orderId" in record, `${record.type} moves stock for nobody`);
      // Also an order that came to hold units of this level later.
      const begins = record.type === "OrderLinesChanged" && !this.#isIn({ ...record, lines: record.linesBefore });
      this.#readBack(record.orderId, change, at, begins || record.type === "OrderPlaced");
    }
  }

  /** One that changes the condition alone is none of `totalStock`. */
  #attributeAdjustment(adjustment: Adjustment, { totalStock, unsellableStock }: LevelChange): void {
    const { id: adjustmentId, affects, at } = adjustment;
    if (affects !== "CONDITION") this.#adjustments.add(adjustment, totalStock);
    if (unsellableStock !== undefined) {
      this.#unsellable.add({ adjustmentId, units: unsellableStock, at }, unsellableStock);
    }
  }

  #attributeReversal(reversal: Reversal): void {
    for (const { sku, locationId, quantity, disposition } of reversal.lines) {
      if (levelKey(sku, locationId) !== this.#key || disposition === "DISCARD") continue;
      const part = disposition === "CANCELLED" ? this.#cancelled : this.#restocked;
      part.add(reversedUnits(reversal, quantity), quantity);
      if (disposition !== "UNSELLABLE") continue;
      this.#unsellable.add({ reversalId: reversal.id, units: quantity, at: reversal.at }, quantity);
    }
  }

  #attributeReceipt(receipt: Receipt): void {
    const { id: receiptId, at } = receipt;
    for (const { sku, locationId, quantity, condition } of receipt.lines) {
      if (levelKey(sku, locationId) !== this.#key) continue;
      this.#transfers.addReceipt(receipt, quantity);
      if (condition === "UNSELLABLE") this.#unsellable.add({ receiptId, units: quantity, at }, quantity);
    }
  }

  #isIn(lines: AtPlaces): boolean {
    return placedLines(lines).some(({ sku, locationId }) => levelKey(sku, locationId) === this.#key);
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
