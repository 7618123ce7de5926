// The oracle, by the rules in ledger-rules.ts: derive nothing here from the domain.
import type {
  Adjustment,
  Claim,
  Event,
  Fulfilment,
  Instant,
  LevelName,
  LocationId,
  Order,
  OrderId,
  OrderLine,
  Repayment,
  Reversal,
  Sku,
  StockFigures,
  StockLevel,
  StockLine,
  TransferId,
} from "@holdfast/domain";
import type { Landed } from "../system/simulated-database.ts";
import { allocationFaults } from "./allocation-rules.ts";
import { DetailsBook } from "./details-book.ts";
import type { HeldBook } from "./held-book.ts";
import {
  fulfilmentStatusOf,
  type LedgerLine,
  type LedgerOrder,
  type LedgerPayment,
  moneyOf,
  priceOf,
  unitsIn,
} from "./ledger-order.ts";
import { decisions, type EndingEvent, finds, leaves, pays } from "./ledger-rules.ts";
import { type Alert, availableIn, LevelBook, sellableIn, settingsIn, sumOf } from "./level-book.ts";
import { LocationBook } from "./location-book.ts";
import { ProductBook } from "./product-book.ts";
import { buyingFaults } from "./purchase-rules.ts";
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
  enter({ now, batch }: Landed, latest: number): string[] {
    this.commits += 1;
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

  /** What should have been said of levels by now. */
  #silence(): string[] {
    return this.levels.unsaid.splice(0).map(({ key, type }) => `${type} of ${key} was not said`);
  }

  /** The latest time that the store's clock has shown: what has left a window by then may be forgotten, also when the clock is set back. */
  #latestTime(now: Instant): Instant {
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
        yield* this.#claimed("product", event.product.claim);
        this.created.set(event.sku, this.point);
        yield* this.products.create(event.sku, event.product, this.point);
        return;
      case "ProductChanged":
        yield* this.products.change(event.sku, event, this.point);
        return;
      case "LocationCreated":
      case "LocationChanged":
        if (event.type === "LocationCreated") yield* this.#claimed("location", event.location.claim);
        yield* this.locations.enter(event.locationId, event, this.point, event.type === "LocationCreated");
        return;
      case "StockAdjusted": {
        yield* this.#claimed("adjustment", event.adjustment.claim);
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
        yield* this.#claimed("correction", event.correction.claim);
        yield* this.levels.correct(
          keyOf(event.correction),
          event.correction,
          this.products.owesMax(event.correction.sku),
          this.point,
        );
        return;
      case "OrderPlaced": {
        const { reservation, claim, allocatedBy, holdSecondsMax } = event.order;
        const lines = linesOf(event.order);
        if (this.orders.has(event.orderId)) yield `${event.orderId} was placed twice`;
        yield* this.#replaceFaults(event.order);
        yield* this.products.placeFaults(event.order);
        yield* buyingFaults(this.orders, event.order, (sku) => this.products.purchaseLimit(sku), this.#latestTime(now));
        yield* this.#placeFaults(event.orderId, event.order, (sku) => this.products.owesMax(sku));
        yield* this.#claimed("order", claim);
        const { expiresAt } = reservation;
        const order = {
          status: "PENDING_PAYMENT",
          version: 1,
          placed: this.point,
          customerId: event.order.customerId,
          erased: [],
          placedAt: event.order.placedAt,
          expiresAt,
          heldAtMost: holdSecondsMax,
          expiries: [{ at: this.point, expiresAt }],
          allocatedBy,
          lines,
          carts: [{ at: this.point, version: 1, lines }],
          reservation: "ACTIVE",
          payments: [],
          shipments: [],
          givenUp: [],
          money: [],
          total: event.order.total.amount,
        } as const;
        this.orders.set(event.orderId, order);
        this.details.enter(event.orderId, event, 1, this.point);
        yield* this.products.owedFaults(event.orderId, lines, event.backorders);
        for (const line of lines) {
          const { quantity, backorderedQuantity } = line;
          const owesMax = this.products.owesMax(line.sku);
          yield* this.levels.owedFaults(event.orderId, keyOf(line), { quantity, backorderedQuantity, owesMax });
          yield* this.levels.move(keyOf(line), { change: { reservedStock: quantity }, owesMax }, this.point);
        }
        return;
      }
      case "OrderChanged":
        yield* this.#write(event);
        return;
      case "OrderLinesChanged":
        yield* this.#changeLines(event, now);
        return;
      case "CustomerErased":
        yield* this.#erase(event);
        return;
      case "OrderExtended":
        yield* this.#extend(event, now);
        return;
      case "OrderFulfilled":
        yield* this.#claimed("fulfilment", event.fulfilment.claim);
        yield* this.#ship(event.fulfilment, now);
        return;
      case "SaleReversed":
        yield* this.#claimed("reversal", event.reversal.claim);
        yield* this.#reverse(event.reversal);
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
        yield* this.#claimed("receipt", event.receipt.claim);
        yield* this.#moveAll(yield* this.transfers.receive(event.receipt, this.point));
        return;
      case "RepaymentRecorded":
        yield* this.#claimed("repayment", event.repayment.claim);
        yield* this.#repay(event.repayment);
        return;
      default:
        // What moves no stock and changes no order is for its command's model to judge.
        if ("lines" in event) yield* this.#end(event, now);
    }
  }

  *#createTransfer(event: Extract<Event, { type: "TransferCreated" }>): Iterable<string> {
    const { transferId, transfer } = event;
    const { fromLocationId, toLocationId, lines, claim } = transfer;
    yield* this.#claimed("transfer", claim);
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

  /** What is wrong with where an order's units are taken from now. */
  *#placeFaults(
    about: string,
    order: Pick<Order, "locationId" | "lines" | "allocatedBy">,
    owesMax: (sku: Sku) => number,
  ): Iterable<string> {
    const lines = linesOf(order);
    const { allocatedBy } = order;
    for (const { locationId } of lines) yield* this.locations.moveFaults(about, locationId, true);
    if (new Set(lines.map(keyOf)).size !== lines.length) yield `${about} has two lines of one level`;
    if (allocatedBy === undefined) return;
    yield* allocationFaults(about, allocatedBy, lines, {
      places: this.locations.activeAt(this.point),
      availableAt: (sku, locationId) => {
        const state = this.levels.states.get(keyOf({ sku, locationId }));
        return state === undefined ? 0 : availableIn(state.counted);
      },
      owesAt: (sku, locationId) => {
        const { version = 0 } = this.levels.states.get(keyOf({ sku, locationId }))?.counted ?? {};
        return version > 0 || locationId === "main" ? owesMax(sku) : 0;
      },
    });
  }

  /** An order that is replaced is the same customer's, and has just ended: at the point before, at its own. */
  *#replaceFaults({ id, replaces, customerId }: Order): Iterable<string> {
    if (replaces === undefined) return;
    const replaced = this.orders.get(replaces);
    if (replaced?.status !== "CANCELLED" || replaced.cancelledAt !== this.point - 1)
      yield `${id} took the place of ${replaces}, which is ${replaced?.status ?? "no order"}`;
    if (replaced?.customerId !== customerId) yield `${id} took the place of another customer's ${replaces}`;
  }

  *#claimed(what: string, claim: Claim | undefined): Iterable<string> {
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

  *#write(event: Extract<Event, { type: "OrderChanged" }>): Iterable<string> {
    const { orderId, version } = event;
    const order = this.orders.get(orderId);
    if (order?.version !== version - 1) yield `version ${version} of ${orderId} follows on ${order?.version}`;
    if (order !== undefined) this.orders.set(orderId, { ...order, version });
    this.details.enter(orderId, event, version, this.point);
  }

  *#changeLines(event: Extract<Event, { type: "OrderLinesChanged" }>, now: Instant): Iterable<string> {
    const { orderId, version, linesBefore, total, order: after } = event;
    const order = this.orders.get(orderId);
    if (order?.reservation !== "ACTIVE") yield `${orderId} got other lines, and is ${order?.status ?? "no order"}`;
    if (order?.version !== version - 1) yield `version ${version} of ${orderId} follows on ${order?.version}`;
    if (order === undefined) return;
    if (now >= order.expiresAt) yield `${orderId} got other lines after it had run out`;
    const { lines } = after;
    const wordsOf = (all: readonly StockLine[]) => all.map(({ sku, quantity }) => `${quantity} ${sku}`).join();
    if (wordsOf(linesBefore) !== wordsOf(order.lines)) yield `${orderId} had ${wordsOf(order.lines)} before`;
    if (wordsOf(event.lines) !== wordsOf(lines)) yield `${orderId} has ${wordsOf(lines)} now`;
    const had = new Map(order.lines.map((line) => [line.sku, line]));
    yield* this.products.sellFaults(
      orderId,
      lines.filter(({ sku }) => !had.has(sku)),
    );
    for (const { sku, quantity, name, unitPrice } of lines) {
      const before = had.get(sku);
      if (before === undefined) continue;
      if (before.name !== name || before.unitPrice.amount !== unitPrice.amount)
        yield `${orderId} keeps ${sku} as ${name} for ${unitPrice.amount}, which it was not`;
      if (quantity > before.quantity && !this.products.isOnSale(sku))
        yield `${orderId} was sold more ${sku}, which is not on sale`;
    }
    yield* this.products.quantityFaults(
      orderId,
      lines.filter(({ sku, quantity }) => quantity !== had.get(sku)?.quantity),
    );
    const more = lines.filter(({ sku, quantity }) => quantity > (had.get(sku)?.quantity ?? 0));
    yield* this.products.owedFaults(orderId, more, event.backorders);
    const buying = { id: orderId, customerId: order.customerId, lines: more };
    yield* buyingFaults(this.orders, buying, (sku) => this.products.purchaseLimit(sku), this.#latestTime(now));
    const grows = lines.some(({ sku, quantity }) => quantity > (had.get(sku)?.quantity ?? 0));
    const [place = "nowhere" as LocationId, ...others] = new Set(order.lines.map(({ locationId }) => locationId));
    if (others.length > 0) yield `${orderId} has its units at several places, and was given other lines`;
    yield* this.locations.moveFaults(orderId, place, grows);
    const amount = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
    if (total.amount !== amount || after.total.amount !== amount) yield `${orderId} has a wrong total`;
    const placed = lines.map((line) => ({ ...line, locationId: place }));
    const carts = [...order.carts, { at: this.point, version, lines: placed }];
    this.orders.set(orderId, { ...order, version, lines: placed, carts, total: amount });
    const units = new Map(lines.map(({ sku, quantity }) => [sku as string, quantity as number]));
    for (const { sku, quantity } of order.lines) units.set(sku, (units.get(sku) ?? 0) - quantity);
    for (const [sku, more] of units) {
      if (more === 0) continue;
      const key = keyOf({ sku: sku as Sku, locationId: place });
      const owesMax = more > 0 ? this.products.owesMax(sku as Sku) : 0;
      yield* this.levels.move(key, { change: { reservedStock: more }, owesMax }, this.point);
    }
  }

  *#erase({ orderId, customerId }: Extract<Event, { type: "CustomerErased" }>): Iterable<string> {
    const order = this.orders.get(orderId);
    if (order?.customerId === undefined) yield `${orderId} has no customer to erase`;
    if (order === undefined) return;
    if (order.customerId === customerId) yield `${orderId} was erased to the same customer`;
    const erased = [...order.erased, { at: this.point, from: order.customerId, to: customerId }];
    this.orders.set(orderId, { ...order, version: order.version + 1, customerId, erased });
  }

  *#extend({ orderId, expiresAt }: Extract<Event, { type: "OrderExtended" }>, now: Instant): Iterable<string> {
    const order = this.orders.get(orderId);
    if (order?.reservation !== "ACTIVE") yield `${orderId} was extended, and is ${order?.status ?? "no order"}`;
    if (order === undefined) return;
    if (now >= order.expiresAt) yield `${orderId} was extended after it had run out`;
    if (expiresAt <= order.expiresAt) yield `${orderId} was extended to an earlier end`;
    const { heldAtMost = Number.POSITIVE_INFINITY } = order;
    if (expiresAt > order.placedAt + heldAtMost * 1_000) yield `${orderId} was extended beyond what its products allow`;
    const expiries = [...order.expiries, { at: this.point, expiresAt }];
    this.orders.set(orderId, { ...order, version: order.version + 1, expiresAt, expiries });
  }

  *#ship(fulfilment: Fulfilment, now: Instant): Iterable<string> {
    const { id, orderId, lines, fulfilmentStatus } = fulfilment;
    const order = this.orders.get(orderId);
    if (order?.status !== "CONFIRMED") yield `${id} is of ${orderId}, which is ${order?.status ?? "no order"}`;
    if (order === undefined) return;
    yield* this.products.shipFaults(fulfilment, order.lines, now);
    for (const line of lines) yield* this.levels.shipFaults(id, keyOf(line), line.quantity);
    const left = lines.map(({ sku, locationId, quantity }) => ({ sku, locationId, quantity, at: this.point }));
    const after = { ...order, version: order.version + 1, shipments: [...order.shipments, ...left] };
    for (const { sku, locationId, quantity } of lines) {
      const cancelled = after.givenUp.filter((each) => each.kind === "CANCELLATION");
      const gone = unitsIn(after.shipments, sku, locationId) + unitsIn(cancelled, sku, locationId);
      if (gone > unitsIn(order.lines, sku, locationId))
        yield `${id} ships more ${sku} from ${locationId} than ${orderId} has sold there`;
      yield* this.levels.move(
        keyOf({ sku, locationId }),
        { change: { totalStock: -quantity, committedStock: -quantity } },
        this.point,
      );
    }
    if (fulfilmentStatus !== fulfilmentStatusOf(after)) yield `${id} says that ${orderId} is ${fulfilmentStatus}`;
    this.orders.set(orderId, after);
  }

  *#reverse({ id, orderId, kind, lines, refundDue }: Reversal): Iterable<string> {
    const order = this.orders.get(orderId);
    if (order?.status !== "CONFIRMED") yield `${id} is of ${orderId}, which is ${order?.status ?? "no order"}`;
    if (order === undefined) return;
    const { due, refunded } = moneyOf(order);
    const entries = lines.map(({ sku, locationId, quantity }) => ({ sku, locationId, quantity, kind, at: this.point }));
    const money = [...order.money, { at: this.point, due: due + refundDue, refunded }];
    const after = { ...order, version: order.version + 1, givenUp: [...order.givenUp, ...entries], money };
    const moves = new Map<string, Partial<StockFigures>[]>();
    for (const { sku, locationId, quantity, disposition } of lines) {
      const left = unitsIn(order.shipments, sku, locationId);
      const most = kind === "CANCELLATION" ? unitsIn(order.lines, sku, locationId) - left : left;
      const ofKind = after.givenUp.filter((each) => each.kind === kind);
      if (unitsIn(ofKind, sku, locationId) > most)
        yield `${id} gives up more ${sku} of ${locationId} than ${orderId} has`;
      if ((disposition === "CANCELLED") !== (kind === "CANCELLATION")) yield `${id} is a ${kind} and ${disposition}`;
      if (disposition === "DISCARD") continue;
      const change = {
        ...(disposition === "CANCELLED" ? { committedStock: -quantity } : { totalStock: quantity }),
        ...(disposition === "UNSELLABLE" && { unsellableStock: quantity }),
      };
      const key = keyOf({ sku, locationId });
      moves.set(key, [...(moves.get(key) ?? []), change]);
    }
    // Whatever becomes of its units, a level is moved once.
    for (const [key, changes] of moves) yield* this.levels.move(key, { change: sumOf(changes) }, this.point);
    const worth = lines.reduce((sum, { sku, quantity }) => sum + quantity * priceOf(order, sku), 0);
    if (refundDue !== worth && (refundDue !== 0 || kind === "CANCELLATION"))
      yield `${id} makes ${refundDue} due back for what cost ${worth}`;
    if (due + refundDue + refunded > order.total) yield `${orderId} gives back more than was paid`;
    this.orders.set(orderId, after);
  }

  *#repay({ id, orderId, amount }: Repayment): Iterable<string> {
    const order = this.orders.get(orderId);
    if (order === undefined) {
      yield `${id} is of an order that was never placed`;
      return;
    }
    const { due, refunded } = moneyOf(order);
    if (amount > due || amount <= 0) yield `${id} pays ${amount} back, and ${due} was due`;
    const money = [...order.money, { at: this.point, due: due - amount, refunded: refunded + amount }];
    this.orders.set(orderId, { ...order, version: order.version + 1, money });
  }

  *#end(event: EndingEvent, now: Instant): Iterable<string> {
    const order = this.orders.get(event.orderId);
    if (order === undefined) {
      yield `${event.type} of an order that was never placed`;
      return;
    }
    if (!finds[event.type].includes(order.status)) yield `${event.type} of ${event.orderId}, which is ${order.status}`;
    if (event.type === "OrderExpired" && now < order.expiresAt) yield `${event.orderId} expired early`;
    if (event.type === "OrderConfirmed" && now >= order.expiresAt)
      yield `${event.orderId} sold a reservation that had run out`;
    const { status = order.status, reservation = order.reservation, reserved, committed } = leaves[event.type];
    const payments = yield* this.#paid(order, event);
    const lines = yield* this.#heldAt(order, event);
    const version = order.version + 1;
    const reservationEnded = order.reservationEnded ?? this.point;
    this.orders.set(event.orderId, {
      ...order,
      lines,
      status,
      reservation,
      reservationEnded,
      version,
      payments,
      ...(status === "CANCELLED" && { cancelledAt: order.cancelledAt ?? this.point }),
      ...(status === "CONFIRMED" && { soldFrom: order.soldFrom ?? this.point }),
      ...this.#late(event),
    });
    if (reserved === 0 && committed === 0) return;
    if (reserved + committed > 0) {
      const owed = order.lines.filter(({ backorderedQuantity }) => backorderedQuantity !== undefined);
      yield* this.products.owedFaults(event.orderId, owed, event.backorders);
      const counting = order.lines.filter(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
      const again = { id: event.orderId, customerId: order.customerId, lines: counting };
      yield* buyingFaults(this.orders, again, (sku) => this.products.purchaseLimit(sku), this.#latestTime(now));
    }
    for (const line of lines) {
      const change = { reservedStock: reserved * line.quantity, committedStock: committed * line.quantity };
      const owesMax = committed + reserved > 0 ? this.#owesLate(order, line.sku) : 0;
      yield* this.levels.move(keyOf(line), { change, owesMax }, this.point);
    }
  }

  /** How many units each level may owe for an order that is sold late: of what could be owed when it was placed. */
  #owesLate({ lines }: LedgerOrder, sku: Sku): number {
    const mayOwe = lines.some((line) => line.sku === sku && line.backorderedQuantity !== undefined);
    return mayOwe ? this.products.owesMax(sku) : 0;
  }

  /** Where an event says that an order's units are: where they were, or elsewhere, if a late payment has them taken anew. */
  *#heldAt(order: LedgerOrder, event: EndingEvent): Generator<string, readonly LedgerLine[]> {
    const said = linesOf(event);
    if (wordsOfLines(said) === wordsOfLines(order.lines)) return order.lines;
    const isAnew = event.type === "LatePaymentAccepted" || event.type === "LatePaymentApproved";
    if (!isAnew || order.allocatedBy === undefined) yield `${event.type} has units of ${event.orderId} elsewhere`;
    const skus = [...new Set([...said, ...order.lines].map(({ sku }) => sku))];
    if (skus.some((sku) => unitsIn(said, sku) !== unitsIn(order.lines, sku)))
      yield `${event.type} has other units than ${event.orderId}`;
    const isFree = order.lines.every((line) => {
      const state = this.levels.states.get(keyOf(line));
      return state !== undefined && availableIn(state.counted) + this.#owesLate(order, line.sku) >= line.quantity;
    });
    if (isFree) yield `${event.type} has units of ${event.orderId} elsewhere, and they were free where it had them`;
    const { allocatedBy } = order;
    const anew = { lines: said, ...(allocatedBy && { allocatedBy }) };
    yield* this.#placeFaults(`${event.type} of ${event.orderId}`, anew, (sku) => this.#owesLate(order, sku));
    return said.map((line) => ({ ...order.lines.find(({ sku }) => sku === line.sku), ...plain(line) }) as LedgerLine);
  }

  /** The order's payments after an event. */
  *#paid({ payments }: LedgerOrder, event: EndingEvent): Generator<string, readonly LedgerPayment[]> {
    const step = pays[event.type];
    if (step === undefined || !("payment" in event)) return payments;
    const { reference, outcome } = event.payment;
    const known = payments.find((payment) => payment.reference === reference);
    const about = `${event.type} of ${event.orderId} for ${reference}`;
    if (known?.outcome !== step.finds) yield `${about}, which was ${known?.outcome ?? "never reported"}`;
    if (outcome !== step.leaves) yield `${about} says ${outcome}`;
    if (known === undefined) return [...payments, { reference, outcome, at: this.point }];
    const refunded = event.type === "PaymentRefunded" ? { refundedAt: this.point } : {};
    return payments.map((payment) => (payment === known ? { ...payment, outcome, ...refunded } : payment));
  }

  /** What an event says of a payment that came too late. */
  #late(event: EndingEvent): Partial<LedgerOrder> {
    switch (event.type) {
      case "LatePaymentRefused":
        return { late: "refund" };
      case "LatePaymentReferred":
        return { late: "review", reviewFrom: this.point };
      case "LatePaymentApproved":
      case "LatePaymentRejected":
        return { reviewed: { at: this.point, decision: decisions[event.type] } };
      default:
        return {};
    }
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

function keyOf({ sku, locationId }: LevelName): string {
  return `${sku}@${locationId}`;
}

/** Lines with their places, as an order or an event says them. */
function linesOf<Line extends StockLine>({
  locationId,
  lines,
}: {
  readonly locationId?: LocationId;
  readonly lines: readonly (Line & Partial<OrderLine>)[];
}): LedgerLine[] {
  return lines.map((line) => ({
    name: "",
    unitPrice: { amount: 0, currency: "" },
    ...line,
    locationId: line.locationId ?? locationId ?? ("nowhere" as LocationId),
  }));
}

function plain({ sku, locationId, quantity }: LedgerLine) {
  return { sku, locationId, quantity };
}

function wordsOfLines(lines: readonly LedgerLine[]): string {
  return lines
    .map((line) => `${keyOf(line)} ${line.quantity}`)
    .sort()
    .join(", ");
}
