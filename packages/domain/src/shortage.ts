import type { CustomerId, Instant, OrderId, TransferId } from "./ids.ts";
import { type Order, type OrderStatus, openQuantity } from "./order.ts";
import { placeOf } from "./order-places.ts";
import { type Balances, type LevelName, shortStock } from "./stock-level.ts";
import type { Transfer } from "./transfer.ts";
import { legsOf } from "./transfer-units.ts";

/** An order that a level has promised more units to than are left for it. */
export interface ShortOrder {
  readonly orderId: OrderId;
  readonly status: OrderStatus;
  readonly customerId?: CustomerId;
  readonly placedAt: Instant;
  /** Units that the level has promised it. */
  readonly promised: number;
  /** Those of them that are not there. */
  readonly short: number;
}

/** Units of a level that an order was promised and has not got: reserved, or sold and still to leave. */
export function promisedUnits(order: Order, level: LevelName): number {
  if (order.status !== "PENDING_PAYMENT" && order.status !== "CONFIRMED") return 0;
  return order.lines.reduce((units, line) => {
    const isOfLevel = line.sku === level.sku && placeOf(line, order) === level.locationId;
    return isOfLevel ? units + openQuantity(line) : units;
  }, 0);
}

/** A transfer that has yet to leave a level which lacks its units. */
export interface ShortTransfer {
  readonly transferId: TransferId;
  /** Units that the level has reserved for it. */
  readonly reserved: number;
  /** Those of them that are not there. */
  readonly short: number;
}

/**
 * Works out which orders a short level hits, once its transfers have given way: what is there goes to the oldest promises, so the newest
 * ones lack what is short. Give it the level's transfers that have yet to leave, then its orders, both newest first, until it is `isDone`.
 */
export class ShortageReader {
  readonly #level: LevelName;
  readonly #hit: ShortOrder[] = [];
  readonly #transfers: ShortTransfer[] = [];
  #left: number;

  constructor(level: Balances) {
    this.#level = level;
    this.#left = shortStock(level);
  }

  /** Whether all that is short has been found. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  addTransfer(transfer: Transfer): void {
    const { sku, locationId } = this.#level;
    const reserved = legsOf(transfer).reduce(
      (sum, leg) =>
        leg.state === "HELD" && leg.sku === sku && leg.locationId === locationId ? sum + leg.quantity : sum,
      0,
    );
    const short = Math.min(reserved, this.#left);
    if (short === 0) return;
    this.#left -= short;
    this.#transfers.push({ transferId: transfer.id, reserved, short });
  }

  add(order: Order): void {
    const promised = promisedUnits(order, this.#level);
    const short = Math.min(promised, this.#left);
    if (short === 0) return;
    this.#left -= short;
    const { id: orderId, status, customerId, placedAt } = order;
    this.#hit.push({ orderId, status, ...(customerId !== undefined && { customerId }), placedAt, promised, short });
  }

  /** Those found so far, newest first: the first to cancel. */
  get transfers(): readonly ShortTransfer[] {
    return [...this.#transfers];
  }

  /** Those found so far, the oldest promise first. */
  get orders(): ShortOrder[] {
    return this.#hit.toReversed();
  }
}
