import type {
  Event,
  Instant,
  LocationId,
  OrderId,
  OrderStatus,
  PaymentOutcome,
  ReviewDecision,
  Sku,
  StockLine,
} from "@holdfast/domain";
import type { Landed } from "../system/simulated-database.ts";
import type { HeldBook } from "./held-book.ts";

/** A level as the ledger counts it. */
export interface LedgerLevel {
  readonly version: number;
  readonly total: number;
  readonly reserved: number;
  readonly committed: number;
}

/** An order as the ledger knows it. */
export interface LedgerOrder {
  readonly status: OrderStatus;
  readonly version: number;
  readonly expiresAt: Instant;
  readonly lines: readonly StockLine[];
  readonly outcome?: PaymentOutcome;
  /** The points at which a review of its payment began and ended, and how it ended. */
  readonly reviewFrom?: number;
  readonly reviewed?: { readonly at: number; readonly decision: ReviewDecision };
}

const empty: LedgerLevel = { version: 0, total: 0, reserved: 0, committed: 0 };

/** Which status an event needs to find. */
const finds = {
  OrderConfirmed: "PENDING_PAYMENT",
  OrderCancelled: "PENDING_PAYMENT",
  OrderExpired: "PENDING_PAYMENT",
  LatePaymentAccepted: "EXPIRED",
  LatePaymentRefused: "EXPIRED",
  LatePaymentReferred: "EXPIRED",
  LatePaymentApproved: "FAILED",
  LatePaymentRejected: "FAILED",
} as const;

/** Which status it leaves, and what it does to held and sold units. */
const leaves = {
  OrderConfirmed: { status: "CONFIRMED", reserved: -1, committed: 1 },
  OrderCancelled: { status: "CANCELLED", reserved: -1, committed: 0 },
  OrderExpired: { status: "EXPIRED", reserved: -1, committed: 0 },
  LatePaymentAccepted: { status: "CONFIRMED", reserved: 0, committed: 1 },
  LatePaymentRefused: { status: "FAILED", reserved: 0, committed: 0 },
  LatePaymentReferred: { status: "FAILED", reserved: 0, committed: 0 },
  LatePaymentApproved: { status: "CONFIRMED", reserved: 0, committed: 1 },
  LatePaymentRejected: { status: "FAILED", reserved: 0, committed: 0 },
} as const;

/** How a review ended. */
const decisions = { LatePaymentApproved: "SELL", LatePaymentRejected: "REFUND" } as const;

/**
 * A second book of everything that was committed, kept from the events alone and with rules of its own, so that a bug
 * in the first one shows. Each event is a point in its one order of time.
 */
export class Ledger {
  /** Events so far. */
  point = 0;
  /** Batches so far. */
  commits = 0;
  readonly levels = new Map<string, LedgerLevel>();
  readonly orders = new Map<OrderId, LedgerOrder>();
  /** What shoppers and keys have on hold. */
  readonly held: HeldBook;
  readonly #orderOfKey = new Map<string, OrderId>();
  readonly #available = new Map<string, { point: number; available: number }[]>();

  constructor(held: HeldBook) {
    this.held = held;
  }

  /** Enters a commit. Gives what in it must not have happened. */
  enter({ now, batch }: Landed): string[] {
    this.commits += 1;
    return batch.events.flatMap((event) => {
      this.point += 1;
      return [...this.#enterEvent(event, now), ...this.held.enter(event, this.point)];
    });
  }

  /** Every number of units that a level had available at some point between two, both included. */
  availableBetween(sku: Sku, locationId: LocationId, from: number, to: number): number[] {
    const timeline = this.#available.get(`${sku}@${locationId}`) ?? [];
    const before = timeline.findLast(({ point }) => point <= from)?.available ?? 0;
    return [before, ...timeline.filter(({ point }) => point > from && point <= to).map(({ available }) => available)];
  }

  *#enterEvent(event: Event, now: Instant): Iterable<string> {
    switch (event.type) {
      case "ProductCreated":
        return;
      case "StockAdjusted": {
        const { sku, locationId, delta } = event.adjustment;
        this.#move(`${sku}@${locationId}`, { total: delta });
        return;
      }
      case "StockCorrected": {
        // Nobody edits a level here: there is nothing to correct.
        yield `${event.correction.id} corrected a level that added up`;
        return;
      }
      case "OrderPlaced": {
        const { lines, reservation, claim } = event.order;
        if (this.orders.has(event.orderId)) yield `${event.orderId} was placed twice`;
        if (claim !== undefined) {
          if (this.#orderOfKey.has(claim.key)) yield `the key ${claim.key} made two orders`;
          this.#orderOfKey.set(claim.key, event.orderId);
        }
        const { expiresAt } = reservation;
        this.orders.set(event.orderId, { status: "PENDING_PAYMENT", version: 1, expiresAt, lines });
        for (const line of lines) this.#move(`${line.sku}@${event.locationId}`, { reserved: line.quantity });
        return;
      }
      default:
        yield* this.#end(event, now);
    }
  }

  *#end(event: Extract<Event, { type: keyof typeof leaves }>, now: Instant): Iterable<string> {
    const order = this.orders.get(event.orderId);
    if (order === undefined) {
      yield `${event.type} of an order that nobody placed`;
      return;
    }
    if (order.status !== finds[event.type]) yield `${event.type} of ${event.orderId}, which is ${order.status}`;
    if (event.type === "OrderExpired" && now < order.expiresAt) yield `${event.orderId} expired early`;
    if (event.type === "OrderConfirmed" && now >= order.expiresAt)
      yield `${event.orderId} sold a hold that had run out`;
    if (event.type in decisions && order.outcome !== "REVIEW_DUE")
      yield `${event.type} of ${event.orderId}, not asked for`;
    const { status, reserved, committed } = leaves[event.type];
    this.orders.set(event.orderId, { ...order, status, version: order.version + 1, ...this.#paid(event) });
    if (reserved === 0 && committed === 0) return;
    for (const { sku, quantity } of order.lines) {
      this.#move(`${sku}@${event.locationId}`, { reserved: reserved * quantity, committed: committed * quantity });
    }
  }

  /** What an event says of a payment. */
  #paid(event: Extract<Event, { type: keyof typeof leaves }>): Partial<LedgerOrder> {
    if (!("payment" in event)) return {};
    const { outcome } = event.payment;
    switch (event.type) {
      case "LatePaymentReferred":
        return { outcome, reviewFrom: this.point };
      case "LatePaymentApproved":
      case "LatePaymentRejected":
        return { outcome, reviewed: { at: this.point, decision: decisions[event.type] } };
      default:
        return { outcome };
    }
  }

  #move(key: string, { total = 0, reserved = 0, committed = 0 }: Partial<LedgerLevel>): void {
    const before = this.levels.get(key) ?? empty;
    const level = {
      version: before.version + 1,
      total: before.total + total,
      reserved: before.reserved + reserved,
      committed: before.committed + committed,
    };
    this.levels.set(key, level);
    const timeline = this.#available.get(key) ?? [];
    timeline.push({ point: this.point, available: level.total - level.reserved - level.committed });
    this.#available.set(key, timeline);
  }
}
