// The oracle, by the rules in ledger-rules.ts: derive nothing here from the domain.
import type {
  Adjustment,
  Claim,
  Event,
  Instant,
  LevelName,
  LocationId,
  OrderId,
  Sku,
  StockLevel,
  TransferId,
} from "@holdfast/domain";
import type { Landed } from "../system/simulated-database.ts";
import { DetailsBook } from "./details-book.ts";
import type { HeldBook } from "./held-book.ts";
import { changeLines, erase, extend, write } from "./ledger-changes.ts";
import { end } from "./ledger-endings.ts";
import { keyOf } from "./ledger-names.ts";
import type { LedgerOrder } from "./ledger-order.ts";
import { place } from "./ledger-placing.ts";
import { repay, reverse, ship } from "./ledger-sales.ts";
import { type Alert, type Counted, LevelBook, sellableIn, settingsIn } from "./level-book.ts";
import { LocationBook } from "./location-book.ts";
import { ProductBook } from "./product-book.ts";
import { TransferBook, type TransferMove } from "./transfer-book.ts";

/**
 * A second book of everything that was committed, kept from events and edits alone and with rules of its own, so that a bug in the
 * first one shows. Events and edits are the points of its time.
 */
export class Ledger {
  /** Events and edits so far. */
  point = 0;
  /** Batches so far. */
  commits = 0;
  readonly levels = new LevelBook();
  readonly orders = new Map<OrderId, LedgerOrder>();
  readonly products = new ProductBook();
  readonly locations = new LocationBook();
  readonly details = new DetailsBook();
  readonly transfers = new TransferBook();
  /** The point at which each product was created. */
  readonly created = new Map<Sku, number>();
  /** What shoppers and keys have reserved. */
  readonly held: HeldBook;
  /** The points at which the commit that is entered was decided, and begins. */
  #decided = { since: 0, begun: 0 };
  /** What each used idempotency key has made. */
  readonly #claims = new Set<string>();

  /** The latest time that the store's clock has ever shown, by each commit. */
  readonly #latest: { readonly point: number; readonly latest: number }[] = [];

  constructor(held: HeldBook) {
    this.held = held;
  }

  /** A time by the store's clock that it had not passed at a point; `Infinity` where no commit has come since. */
  latestBy(point: number): number {
    return this.#latest.find((commit) => commit.point >= point)?.latest ?? Number.POSITIVE_INFINITY;
  }

  /** Enters a commit. `latest`: the latest time that the store's clock has ever shown. @yields what in it must not have happened */
  enter({ now, batch, since }: Landed, latest: number): string[] {
    this.commits += 1;
    this.#decided = { since, begun: this.point };
    this.#latest.push({ point: this.point, latest });
    const faults = batch.events.flatMap((event) => {
      // What is said of a level belongs to what made it cross.
      if (isAlert(event)) return [...this.#enterEvent(event, now)];
      const unsaid = this.#silence();
      this.point += 1;
      return [...unsaid, ...this.#enterEvent(event, now), ...this.held.enter(event, this.point)];
    });
    return [...faults, ...this.#silence()];
  }

  /**
   * What a level counted when the commit that is entered chose from it: as the commit's own events leave it, else as it was read. What a
   * commit does not write may have changed since.
   */
  countedAt(level: LevelName): Counted {
    return this.levels.asDecided(keyOf(level), this.#decided).counted;
  }

  /** The places that the commit that is entered could choose from, in the order in which they promise. */
  placesToChoose(): LocationId[] {
    const { since, begun } = this.#decided;
    const read = new Set(this.locations.activeAt(since));
    const isKnown = (id: LocationId) => read.has(id) || this.locations.hasChanged(id, begun);
    return this.locations.activeAt(this.point).filter(isKnown);
  }

  /** What should have been said of levels by now. */
  #silence(): string[] {
    return this.levels.unsaid.splice(0).map(({ key, type }) => `${type} of ${key} was not said`);
  }

  /** The latest time that the store's clock has shown: what has left a window by then may be forgotten, also when the clock is set back. */
  latestTime(now: Instant): Instant {
    return Math.max(now, this.#latest.at(-1)?.latest ?? now) as Instant;
  }

  /** Enters an edit of a level, as a point of its own. */
  enterEdit(level: StockLevel): void {
    this.point += 1;
    this.levels.edit(keyOf(level), level, this.point);
  }

  /**
   * Whether a level counted fewer reserved units than an active reservation has of it, at some point between two. Such a reservation
   * cannot end.
   */
  wasStuck(orderId: OrderId, from: number, to: number): boolean {
    const order = this.orders.get(orderId);
    if (order === undefined) return false;
    const { placed, reservationEnded = Number.POSITIVE_INFINITY } = order;
    const lines = order.carts.flatMap((cart) => cart.lines);
    const [begin, end] = [Math.max(from, placed), Math.min(to, reservationEnded - 1)];
    if (begin > end) return false;
    return lines.some(({ sku, locationId, quantity }) =>
      this.levels
        .between(keyOf({ sku, locationId }), begin, end)
        .some(({ counted }) => counted.reservedStock < quantity),
    );
  }

  *#enterEvent(event: Event, now: Instant): Iterable<string> {
    switch (event.type) {
      case "ProductCreated":
        yield* this.claimed("product", event.product.claim);
        this.created.set(event.sku, this.point);
        yield* this.products.create(event.sku, event.product, this.point);
        return;
      case "ProductChanged":
        yield* this.products.change(event.sku, event, this.point);
        return;
      case "LocationCreated":
      case "LocationChanged":
        if (event.type === "LocationCreated") yield* this.claimed("location", event.location.claim);
        yield* this.locations.enter(event.locationId, event, this.point, event.type === "LocationCreated");
        return;
      case "StockAdjusted": {
        yield* this.claimed("adjustment", event.adjustment.claim);
        yield* this.locations.moveFaults(event.adjustment.id, event.adjustment.locationId, false);
        yield* this.#adjust(event.adjustment);
        return;
      }
      case "LevelChanged": {
        const { safetyStock, lowStockThreshold } = event;
        const sets = settingsIn({ safetyStock, ...(lowStockThreshold !== undefined && { lowStockThreshold }) });
        yield* this.levels.move(keyOf(event), { change: {}, sets }, this.point);
        return;
      }
      case "StockLow":
      case "StockOut":
      case "StockBack": {
        const due = this.levels.unsaid.shift();
        const { type, availableStock, lowStockThreshold } = event;
        const said = { key: keyOf(event), type, availableStock, lowStockThreshold };
        if (JSON.stringify(due) !== JSON.stringify(said)) yield `${wordsOf(said)} was said, and is ${wordsOf(due)}`;
        return;
      }
      case "StockCorrected":
        yield* this.claimed("correction", event.correction.claim);
        yield* this.levels.correct(
          keyOf(event.correction),
          event.correction,
          this.products.owesMax(event.correction.sku),
          this.point,
        );
        return;
      case "OrderPlaced":
        yield* place(this, event, now);
        return;
      case "OrderChanged":
        yield* write(this, event);
        return;
      case "OrderLinesChanged":
        yield* this.claimed("change of lines", event.claim);
        yield* changeLines(this, event, now);
        return;
      case "CustomerErased":
        yield* erase(this, event);
        return;
      case "OrderExtended":
        yield* extend(this, event, now);
        return;
      case "OrderFulfilled":
        yield* this.claimed("fulfilment", event.fulfilment.claim);
        yield* ship(this, event.fulfilment, now);
        return;
      case "SaleReversed":
        yield* this.claimed("reversal", event.reversal.claim);
        yield* reverse(this, event.reversal);
        return;
      case "TransferCreated":
        yield* this.#createTransfer(event);
        return;
      case "TransferShipped":
      case "TransferClosed":
      case "TransferCancelled": {
        const moves = yield* this.transfers.step(event, this.point);
        if (event.type === "TransferShipped") yield* this.#shortFaults(event.transferId, moves);
        yield* this.#moveAll(moves);
        return;
      }
      case "TransferReceived":
        yield* this.claimed("receipt", event.receipt.claim);
        yield* this.#moveAll(yield* this.transfers.receive(event.receipt, this.point));
        return;
      case "RepaymentRecorded":
        yield* this.claimed("repayment", event.repayment.claim);
        yield* repay(this, event.repayment);
        return;
      default:
        // What moves no stock and changes no order is for its command's model to judge.
        if ("lines" in event) yield* end(this, event, now);
    }
  }

  *#createTransfer(event: Extract<Event, { type: "TransferCreated" }>): Iterable<string> {
    const { transferId, transfer } = event;
    const { fromLocationId, toLocationId, lines, claim } = transfer;
    yield* this.claimed("transfer", claim);
    yield* this.locations.moveFaults(transferId, toLocationId, true);
    if (fromLocationId !== undefined) yield* this.locations.moveFaults(transferId, fromLocationId, false);
    for (const { sku } of lines) if (!this.created.has(sku)) yield `${transferId} sends ${sku}, which does not exist`;
    yield* this.#moveAll(yield* this.transfers.create(event, this.point));
  }

  /** Nothing is sent from where more is promised than is there. */
  *#shortFaults(transferId: TransferId, moves: readonly TransferMove[]): Iterable<string> {
    for (const { sku, locationId, change } of moves) {
      const level = this.levels.states.get(keyOf({ sku, locationId }))?.counted;
      if (level === undefined || change.totalStock === undefined) continue;
      if (level.reservedStock + level.committedStock > sellableIn(level))
        yield `${transferId} takes ${sku} from ${locationId}, which lacks it`;
    }
  }

  *#moveAll(moves: readonly TransferMove[]): Iterable<string> {
    for (const { change, ...level } of moves) yield* this.levels.move(keyOf(level), { change }, this.point);
  }

  /** Notes what a key has made. */
  *claimed(what: string, claim: Claim | undefined): Iterable<string> {
    if (claim === undefined) return;
    const name = `${what} ${claim.key}`;
    if (this.#claims.has(name)) yield `the key ${claim.key} made more than one ${what}`;
    this.#claims.add(name);
  }

  *#adjust(adjustment: Adjustment): Iterable<string> {
    const { id, sku, locationId, delta, affects = "TOTAL", counted, acceptsShortage = false } = adjustment;
    const key = keyOf({ sku, locationId });
    const { totalStock = 0 } = this.levels.states.get(key)?.counted ?? {};
    if (counted !== undefined && totalStock + delta !== counted)
      yield `${id} makes ${counted} of ${totalStock} by ${delta}`;
    const change = {
      ...(affects !== "CONDITION" && { totalStock: delta }),
      ...(affects !== "TOTAL" && { unsellableStock: delta }),
    };
    yield* this.levels.move(key, { change, acceptsShortage }, this.point);
  }
}

function isAlert({ type }: Event): boolean {
  return type === "StockLow" || type === "StockOut" || type === "StockBack";
}

function wordsOf(alert: Alert | undefined): string {
  if (alert === undefined) return "no crossing";
  const { type, key, availableStock, lowStockThreshold } = alert;
  return `${type} of ${key} with ${availableStock} at ${lowStockThreshold}`;
}
