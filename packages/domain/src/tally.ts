import { figuresAfter, noFigures, type StockFigures } from "./stock-level.ts";

/** What contributions to a level add up to: its counters, and what has gone through them. */
export interface Tally extends StockFigures {
  /** Units that have left with fulfilments. */
  readonly shippedUnits: number;
  /** Sold units that were cancelled before they left. */
  readonly cancelledUnits: number;
  /** Units that have come back and can be sold again. */
  readonly restockedUnits: number;
}

export const noTally: Tally = { ...noFigures, shippedUnits: 0, cancelledUnits: 0, restockedUnits: 0 };

export const tallyNames = Object.keys(noTally) as readonly (keyof Tally)[];

/** Two tallies together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    ...figuresAfter(one, other),
    shippedUnits: one.shippedUnits + other.shippedUnits,
    cancelledUnits: one.cancelledUnits + other.cancelledUnits,
    restockedUnits: one.restockedUnits + other.restockedUnits,
  };
}

export function sameTallies(one: Tally, other: Tally): boolean {
  return tallyNames.every((name) => one[name] === other[name]);
}

/** Its counters alone. */
export function figuresOf({ totalStock, reservedStock, committedStock }: StockFigures): StockFigures {
  return { totalStock, reservedStock, committedStock };
}
