import { noFigures, type StockFigures } from "./stock-level.ts";

/** What contributions to a level add up to: its counters, and what has gone through them. */
export interface Tally extends Required<StockFigures> {
  /** Units that have left with fulfilments. */
  readonly shippedUnits: number;
  /** Sold units that were cancelled before they left. */
  readonly cancelledUnits: number;
  /** Units that have come back and are there, sellable or not. */
  readonly restockedUnits: number;
}

export const noTally: Tally = {
  ...noFigures,
  unsellableStock: 0,
  shippedUnits: 0,
  cancelledUnits: 0,
  restockedUnits: 0,
};

export const tallyNames = Object.keys(noTally) as readonly (keyof Tally)[];

/** Two tallies together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    totalStock: one.totalStock + other.totalStock,
    reservedStock: one.reservedStock + other.reservedStock,
    committedStock: one.committedStock + other.committedStock,
    unsellableStock: one.unsellableStock + other.unsellableStock,
    shippedUnits: one.shippedUnits + other.shippedUnits,
    cancelledUnits: one.cancelledUnits + other.cancelledUnits,
    restockedUnits: one.restockedUnits + other.restockedUnits,
  };
}

export function sameTallies(one: Tally, other: Tally): boolean {
  return tallyNames.every((name) => one[name] === other[name]);
}

/** Its counters alone. */
export function figuresOf({ totalStock, reservedStock, committedStock, unsellableStock }: Tally): StockFigures {
  const figures = { totalStock, reservedStock, committedStock };
  return unsellableStock === 0 ? figures : { ...figures, unsellableStock };
}
