// Part of the oracle: an independent statement of how levels are counted. Derive nothing here from the domain's rows.
import type { Correction, StockFigures, StockLevel } from "@holdfast/domain";

/** What a level counts. */
export type Counted = StockFigures & Pick<StockLevel, "version">;

/** A level as the book knows it. */
export interface LevelState {
  /** What the level counts, edits by hand included. */
  readonly counted: Counted;
  /** What its orders and adjustments add up to. */
  readonly due: StockFigures;
  /** What it counted right after its last movement. */
  readonly journalled: Counted;
}

const none = { totalStock: 0, reservedStock: 0, committedStock: 0 };
const unmoved: LevelState = { counted: { version: 0, ...none }, due: none, journalled: { version: 0, ...none } };

/** A second book of every stock level, kept from what events and edits say. */
export class LevelBook {
  readonly states = new Map<string, LevelState>();
  readonly #timelines = new Map<string, { point: number; state: LevelState }[]>();

  /** Enters a movement. @yields what in it must not have happened */
  *move(key: string, change: Partial<StockFigures>, point: number): Iterable<string> {
    const before = this.#state(key);
    const counted = { ...plus(before.counted, change), version: before.counted.version + 1 };
    const due = plus(before.due, change);
    this.#set(key, { counted, due, journalled: counted }, point);
    // A level edited below zero may stay there, but may not sink further.
    const available = availableIn(counted);
    if (available < 0 && available < availableIn(before.counted)) yield `${key} is oversold`;
    if (due.reservedStock < 0 || due.committedStock < 0) yield `${key} gave back more than was held or sold`;
  }

  /** Enters an edit of a level. */
  edit(key: string, { totalStock, reservedStock, committedStock, version }: StockLevel, point: number): void {
    const counted = { version, totalStock, reservedStock, committedStock };
    this.#set(key, { ...this.#state(key), counted }, point);
  }

  /** Enters a correction. @yields what in it must not have happened */
  *correct(key: string, { id, change, after }: Correction, point: number): Iterable<string> {
    const { counted: before, due } = this.#state(key);
    if (!isDrifted(this.#state(key))) yield `${id} corrected a level that added up`;
    if (!sameFigures(after, due)) yield `${id} sets ${key} to ${wordsOf(after)}, and it should be ${wordsOf(due)}`;
    if (!sameFigures(plus(before, change), due))
      yield `${id} changes ${wordsOf(before)} of ${key} by ${wordsOf(change)}`;
    if (availableIn(due) < 0) yield `${id} promises more of ${key} than there is`;
    const counted = { ...due, version: before.version + 1 };
    this.#set(key, { counted, due, journalled: counted }, point);
  }

  /** Every state that a level was in at some point between two, both included. */
  between(key: string, from: number, to: number): LevelState[] {
    const timeline = this.#timelines.get(key) ?? [];
    let first = timeline.length;
    while (first > 0 && (timeline[first - 1]?.point ?? 0) > from) first -= 1;
    const since = timeline.slice(first).filter(({ point }) => point <= to);
    return [timeline[first - 1]?.state ?? unmoved, ...since.map(({ state }) => state)];
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
export function availableIn({ totalStock, reservedStock, committedStock }: StockFigures): number {
  return totalStock - reservedStock - committedStock;
}

/** Whether a level differs from its orders and adjustments, or from what its last movement left. */
export function isDrifted({ counted, due, journalled }: LevelState): boolean {
  return !sameFigures(counted, due) || !sameFigures(counted, journalled) || counted.version !== journalled.version;
}

/** Whether two levels have the same counters. */
export function sameFigures(one: StockFigures, other: StockFigures): boolean {
  return wordsOf(one) === wordsOf(other);
}

function plus(one: StockFigures, change: Partial<StockFigures>): StockFigures {
  return {
    totalStock: one.totalStock + (change.totalStock ?? 0),
    reservedStock: one.reservedStock + (change.reservedStock ?? 0),
    committedStock: one.committedStock + (change.committedStock ?? 0),
  };
}

function wordsOf({ totalStock, reservedStock, committedStock }: StockFigures): string {
  return `${totalStock}/${reservedStock}/${committedStock}`;
}
