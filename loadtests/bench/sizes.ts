/** How big each scenario is unless it is told otherwise: `--due-holds 20000` sets `dueHolds`. */
export const defaultSizes = {
  spreadSkus: 500,
  cartSkus: 5_000,
  /** Holds that run out at the same time, on SQLite and on MongoDB. */
  dueHolds: 100_000,
  dueHoldsMongo: 5_000,
  /** Live reservations that are held before anything is measured. */
  heldOrders: 100_000,
  /** Streams of the feed that are open while orders are placed. */
  feedReaders: 800,
  /** What an aged database holds before anything is measured. */
  agedOrders: 1_000_000,
  agedSkus: 100_000,
  /** After so many orders memory is read for the first and for the last time. */
  memoryOrdersFew: 10_000,
  memoryOrders: 1_000_000,
} as const satisfies Record<string, number>;

export type SizeName = keyof typeof defaultSizes;

export type Sizes = Readonly<Record<SizeName, number>>;

export const sizeNames = Object.keys(defaultSizes) as readonly SizeName[];

/** `dueHoldsMongo` as `due-holds-mongo`. */
export function optionOf(size: SizeName): string {
  return size.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
