// Part of the oracle: an independent statement of how levels are counted. Derive nothing here from the domain's rows.
import type { Correction, LevelSettings, StockFigures, StockLevel } from "@holdfast/domain";

/** What a level counts, and what a shop has set of it. */
export type Counted = Required<StockFigures> & Pick<StockLevel, "version"> & LevelSettings;

/** How a level is moved. */
export interface Moved {
  readonly change: Partial<StockFigures>;
  readonly sets?: LevelSettings;
  /** Whether a person has accepted that less is left than is promised. */
  readonly acceptsShortage?: boolean;
  /** How many units the level may owe. */
  readonly owesMax?: number;
}

/** Units of a new order's line, and how many of them it says were not there. */
interface Owed {
  readonly quantity: number;
  readonly backorderedQuantity: number | undefined;
  readonly owesMax: number;
  /** Units of the level that the order has already. */
  readonly held?: number;
}

/** A level as the book knows it. */
export interface LevelState {
  /** What the level counts, edits by hand included. */
  readonly counted: Counted;
  /** What its orders and adjustments add up to. */
  readonly due: Required<StockFigures>;
  /** What it counted right after its last movement. */
  readonly journalled: Counted;
}

const none = { totalStock: 0, reservedStock: 0, committedStock: 0, unsellableStock: 0, incomingStock: 0 };
const empty: Counted = { version: 0, safetyStock: 0, ...none };
const unmoved: LevelState = { counted: empty, due: none, journalled: empty };

/** What has to be said of a level right after it was moved. */
export interface Alert {
  readonly key: string;
  readonly type: "StockLow" | "StockOut" | "StockBack";
  readonly availableStock: number;
  readonly lowStockThreshold: number;
}

/** A second book of every stock level, kept from what events and edits say. */
export class LevelBook {
  readonly states = new Map<string, LevelState>();
  /** What has to be said before anything else happens. */
  readonly unsaid: Alert[] = [];
  /** The last that was said of each level with a threshold. */
  readonly said = new Map<string, "LOW" | "OUT">();
  readonly #timelines = new Map<string, { point: number; state: LevelState }[]>();

  /** Enters a movement. @yields what in it must not have happened */
  *move(key: string, { change, sets, acceptsShortage = false, owesMax = 0 }: Moved, point: number): Iterable<string> {
    const before = this.#state(key);
    const settings = sets ?? settingsIn(before.counted);
    const counted = { ...plus(before.counted, change), ...settings, version: before.counted.version + 1 };
    const due = plus(before.due, change);
    this.#set(key, { counted, due, journalled: counted }, point);
    this.#watch(key, before.counted, counted);
    // A level below zero may stay there, but sinks further by a backorder alone, or by a loss that a person has booked.
    const available = availableIn(counted);
    if (available < -owesMax && available < availableIn(before.counted) && !acceptsShortage) yield `${key} is oversold`;
    if (due.reservedStock < 0 || due.committedStock < 0) yield `${key} gave back more than was held or sold`;
    const { unsellableStock, totalStock } = due;
    if (due.incomingStock < 0) yield `${key} expects fewer than no units`;
    if (unsellableStock < 0) yield `${key} has fewer than no units unsellable`;
    if (unsellableStock > totalStock && sameFigures(counted, due)) yield `${key} lost units that could be sold no more`;
  }

  /** What is wrong with the units that a new order says were not there for it. */
  *owedFaults(
    orderId: string,
    key: string,
    { quantity, backorderedQuantity, owesMax, held = 0 }: Owed,
  ): Iterable<string> {
    const there = Math.max(0, availableIn(this.#state(key).counted) + held);
    const due = owesMax === 0 ? undefined : Math.max(0, quantity - there);
    if (backorderedQuantity !== due) yield `${orderId} waits for ${backorderedQuantity} of ${key}, and ${due} are owed`;
  }

  /** What is wrong with units that leave a level: they have to be there. */
  *shipFaults(id: string, key: string, units: number): Iterable<string> {
    if (sellableIn(this.#state(key).counted) < units) yield `${id} ships ${units} of ${key}, which are not there`;
  }

  /** Enters an edit of a level. */
  edit(key: string, level: StockLevel, point: number): void {
    const { totalStock, reservedStock, committedStock, unsellableStock = 0, incomingStock = 0, version } = level;
    const figures = { totalStock, reservedStock, committedStock, unsellableStock, incomingStock };
    const counted = { version, ...figures, ...settingsIn(level) };
    this.#set(key, { ...this.#state(key), counted }, point);
  }

  /** Enters a correction. @yields what in it must not have happened */
  *correct(key: string, correction: Correction, owesMax: number, point: number): Iterable<string> {
    const { id, change, after, acceptsShortage } = correction;
    const { counted: before, due } = this.#state(key);
    if (!isDrifted(this.#state(key))) yield `${id} corrected a level that added up`;
    if (!sameFigures(after, due)) yield `${id} sets ${key} to ${wordsOf(after)}, and it should be ${wordsOf(due)}`;
    if (!sameFigures(plus(before, change), due))
      yield `${id} changes ${wordsOf(before)} of ${key} by ${wordsOf(change)}`;
    const settings = settingsIn(before);
    if (availableIn({ ...due, ...settings }) < -owesMax && !acceptsShortage)
      yield `${id} promises more of ${key} than there is`;
    const counted = { ...due, ...settings, version: before.version + 1 };
    this.#set(key, { counted, due, journalled: counted }, point);
    this.#watch(key, before, counted);
  }

  /** A level as it is if it has moved since the point `begun`, else as it was at the point `since`. */
  asDecided(key: string, { since, begun }: { readonly since: number; readonly begun: number }): LevelState {
    const last = this.#timelines.get(key)?.at(-1);
    if (last !== undefined && last.point > begun) return last.state;
    return this.between(key, since, since).at(-1) ?? unmoved;
  }

  /** Every state that a level was in at some point between two, both included. */
  between(key: string, from: number, to: number): LevelState[] {
    const timeline = this.#timelines.get(key) ?? [];
    let first = timeline.length;
    while (first > 0 && (timeline[first - 1]?.point ?? 0) > from) first -= 1;
    const since = timeline.slice(first).filter(({ point }) => point <= to);
    return [timeline[first - 1]?.state ?? unmoved, ...since.map(({ state }) => state)];
  }

  /**
   * Each crossing is said once. Up again is said when more units are there to sell than before, or the threshold is another one; else, as
   * after a reservation has ended, only when more is available than is held, and of a low level half as much again as its threshold.
   */
  #watch(key: string, before: Counted, after: Counted): void {
    const { lowStockThreshold, reservedStock } = after;
    const was = this.said.get(key);
    this.said.delete(key);
    if (lowStockThreshold === undefined) return;
    const available = availableIn(after);
    const forSale = (level: Counted) => availableIn(level) + level.reservedStock;
    const moved = forSale(after) > forSale(before) || lowStockThreshold !== before.lowStockThreshold;
    const lows = moved || was !== "LOW" ? lowStockThreshold : Math.ceil(lowStockThreshold * 1.5);
    const waits = was !== undefined && !moved && available <= reservedStock;
    const is = available <= 0 ? "OUT" : waits ? was : available <= lows ? "LOW" : undefined;
    if (is !== undefined) this.said.set(key, is);
    if (is === was) return;
    const type = is === "OUT" ? "StockOut" : was === undefined ? "StockLow" : "StockBack";
    this.unsaid.push({ key, type, availableStock: available, lowStockThreshold });
  }

  #state(key: string): LevelState {
    return this.states.get(key) ?? unmoved;
  }

  #set(key: string, state: LevelState, point: number): void {
    this.states.set(key, state);
    const timeline = this.#timelines.get(key) ?? [];
    timeline.push({ point, state });
    this.#timelines.set(key, timeline);
  }
}

/** Units that a level can still promise. */
export function availableIn(level: StockFigures & { readonly safetyStock?: number }): number {
  const { totalStock, reservedStock, committedStock, unsellableStock = 0, safetyStock = 0 } = level;
  return totalStock - unsellableStock - reservedStock - committedStock - safetyStock;
}

/** Units of a level that are there and may leave. */
export function sellableIn({ totalStock, unsellableStock = 0 }: StockFigures): number {
  return totalStock - unsellableStock;
}

/** What a shop has set of a level. */
export function settingsIn({ safetyStock, lowStockThreshold }: LevelSettings): LevelSettings {
  return { safetyStock, ...(lowStockThreshold !== undefined && { lowStockThreshold }) };
}

/** Whether a level differs from its orders and adjustments, or from what its last movement left. */
export function isDrifted({ counted, due, journalled }: LevelState): boolean {
  return !sameFigures(counted, due) || !sameFigures(counted, journalled) || counted.version !== journalled.version;
}

/** Whether two levels have the same counters. */
export function sameFigures(one: StockFigures, other: StockFigures): boolean {
  return wordsOf(one) === wordsOf(other);
}

/** Several changes of one level as one. */
export function sumOf(changes: readonly Partial<StockFigures>[]): Partial<StockFigures> {
  const sum = (name: keyof StockFigures) => changes.reduce((units, change) => units + (change[name] ?? 0), 0);
  return {
    totalStock: sum("totalStock"),
    committedStock: sum("committedStock"),
    unsellableStock: sum("unsellableStock"),
  };
}

function plus(one: Required<StockFigures>, change: Partial<StockFigures>): Required<StockFigures> {
  return {
    totalStock: one.totalStock + (change.totalStock ?? 0),
    reservedStock: one.reservedStock + (change.reservedStock ?? 0),
    committedStock: one.committedStock + (change.committedStock ?? 0),
    unsellableStock: one.unsellableStock + (change.unsellableStock ?? 0),
    incomingStock: one.incomingStock + (change.incomingStock ?? 0),
  };
}

function wordsOf(figures: StockFigures): string {
  const { totalStock, reservedStock, committedStock, unsellableStock = 0, incomingStock = 0 } = figures;
  return `${totalStock}/${reservedStock}/${committedStock}/${unsellableStock}/${incomingStock}`;
}
