import { figuresAfter, noFigures, type StockFigures, sameFigures } from "./stock-level.ts";

/** What contributions to a level add up to: its counters, and what has gone through them. */
export interface Tally extends StockFigures {
  /** Units that have left with fulfilments. */
  readonly shippedUnits: number;
}

export const noTally: Tally = { ...noFigures, shippedUnits: 0 };

export const tallyNames = Object.keys(noTally) as readonly (keyof Tally)[];

/** Two tallies together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return { ...figuresAfter(one, other), shippedUnits: one.shippedUnits + other.shippedUnits };
}

export function sameTallies(one: Tally, other: Tally): boolean {
  return sameFigures(one, other) && one.shippedUnits === other.shippedUnits;
}

/** Its counters alone. */
export function figuresOf({ totalStock, reservedStock, committedStock }: StockFigures): StockFigures {
  return { totalStock, reservedStock, committedStock };
}
