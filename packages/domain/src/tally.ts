import { noFigures, type StockFigures } from "./stock-level.ts";

/** What contributions to a level add up to: its counters, and what has gone through them. */
export interface Tally extends Required<StockFigures> {
  /** Units that have left with fulfilments. */
  readonly shippedUnits: number;
  /** Sold units that were cancelled before they left. */
  readonly cancelledUnits: number;
  /** Units that have come back and are there, sellable or not. */
  readonly restockedUnits: number;
  /** Units reserved by transfers that have yet to leave: part of `reservedStock`. */
  readonly awaitingUnits: number;
  /** Units that have left with transfers, and did not come back. */
  readonly sentUnits: number;
  /** Units that have arrived with transfers, sellable or not. */
  readonly arrivedUnits: number;
}

export const noTally: Tally = {
  ...noFigures,
  unsellableStock: 0,
  incomingStock: 0,
  shippedUnits: 0,
  cancelledUnits: 0,
  restockedUnits: 0,
  awaitingUnits: 0,
  sentUnits: 0,
  arrivedUnits: 0,
};

export const tallyNames = Object.keys(noTally) as readonly (keyof Tally)[];

/** Two tallies together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    totalStock: one.totalStock + other.totalStock,
    reservedStock: one.reservedStock + other.reservedStock,
    committedStock: one.committedStock + other.committedStock,
    unsellableStock: one.unsellableStock + other.unsellableStock,
    incomingStock: one.incomingStock + other.incomingStock,
    shippedUnits: one.shippedUnits + other.shippedUnits,
    cancelledUnits: one.cancelledUnits + other.cancelledUnits,
    restockedUnits: one.restockedUnits + other.restockedUnits,
    awaitingUnits: one.awaitingUnits + other.awaitingUnits,
    sentUnits: one.sentUnits + other.sentUnits,
    arrivedUnits: one.arrivedUnits + other.arrivedUnits,
  };
}

export function sameTallies(one: Tally, other: Tally): boolean {
  return tallyNames.every((name) => one[name] === other[name]);
}

/** Its counters alone. */
export function figuresOf(tally: Tally): StockFigures {
  const { totalStock, reservedStock, committedStock, unsellableStock, incomingStock } = tally;
  return {
    totalStock,
    reservedStock,
    committedStock,
    ...(unsellableStock !== 0 && { unsellableStock }),
    ...(incomingStock !== 0 && { incomingStock }),
  };
}
