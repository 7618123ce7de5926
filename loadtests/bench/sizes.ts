/** The default sizes of the scenarios. `--due-holds 20000` sets `dueHolds`. */
export const defaultSizes = {
  spreadSkus: 500,
  cartSkus: 5_000,
  /** Reservations that run out at the same time, on SQLite and on MongoDB. */
  dueHolds: 100_000,
  dueHoldsMongo: 5_000,
  /** Active reservations that exist before the measurement. */
  heldOrders: 100_000,
  /** Open streams of the feed while orders are placed. */
  feedReaders: 800,
  /** The orders and SKUs of an aged database. */
  agedOrders: 1_000_000,
  agedSkus: 100_000,
  /** The numbers of orders after which memory is read for the first and for the last time. */
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
