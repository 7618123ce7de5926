import { levelsAt, promisingPlaces } from "../allocation.ts";
import { backordered, backorderLimitOf, backordersOf } from "../backorder.ts";
import { mergeLines, type Shortfall, type StockLine, shortfalls } from "../cart.ts";
import { lineDifferences, unitsBySku, withLines } from "../changed-lines.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule, CommandReads } from "../command-module.ts";
import type { Command } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { OrderLinesChanged } from "../events.ts";
import type { Failure } from "../failures.ts";
import type { StoredLevel } from "../fold.ts";
import type { Actor, CustomerId, Instant, LocationId, OrderId, Sku } from "../ids.ts";
import { asChanged } from "../line-change.ts";
import { totalOf } from "../money.ts";
import type { Order, OrderLine } from "../order.ts";
import { orderEvent } from "../order-event.ts";
import { preordered, quantityFailure } from "../product-policy.ts";
import { beyondPurchaseLimits, counted, purchasesBehind } from "../purchase-limit.ts";
import { boundsOn, holderKey, type ReservationBounds, unitsOf } from "../reservation-bounds.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";
import { levelKey } from "../stock-level.ts";

/** Gives an unpaid order other lines, in one step. */
export interface ChangeLines {
  readonly type: "ChangeLines";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** All that the order is to have. */
  readonly lines: readonly StockLine[];
  /** Left out: no bound applies. */
  readonly bounds?: ReservationBounds;
  /** The version that the caller has seen. Left out: whichever it is. */
  readonly ifVersion?: number;
  readonly claim?: Claim;
}

/**
 * All of it, or nothing: an order that is refused keeps what it holds. What it holds already counts as free for itself, so fewer units are
 * never refused for stock, and its end stays where it is. A line that stays keeps its name and price, for more units of it too; a new one has
 * those of now. Lines that are there already are a repeat, whatever version it names: the first answer may have been lost. Under
 * a key they are recorded all the same: the repeat may come after a later change, and must not undo it.
 */
export const changeLines: CommandModule<ChangeLines, "orders"> = {
  reads: ({ orderId, lines }) => ({ orders: [orderId], products: lines.map(({ sku }) => sku) }),
  leadsTo,
  subject: shownOrderSubject,
  keyMakes: {
    of: "lineChanges",
    answer: (made, { orders }, { orderId }) => {
      const order = orders.get(orderId);
      return order && asChanged(order, made);
    },
  },
  decide,
};

/** What a command that places an order says of it. */
interface Placing {
  readonly locationId?: LocationId;
  readonly customerId?: CustomerId;
}

/** An order that its own batch places is not among those that were found. */
function leadsTo(
  command: ChangeLines,
  { orders, products, locations }: Pick<Snapshot, "orders" | "products" | "locations">,
  batch: readonly Command[] = [],
): CommandReads {
  const { orderId, lines } = command;
  const placing = batch.find((each) => each.type === "PlaceOrder" && each.orderId === orderId);
  const found = orders.get(orderId);
  const { locationId, customerId } = found ?? ((placing ?? {}) as Placing);
  const { levels = [], purchases = [], ...behind } = behindOrder(command, { orders });
  if (locationId === undefined) {
    if (placing === undefined || found !== undefined) return { ...behind, levels, purchases };
    // Of its own batch, and allocated: at whichever place it will be.
    const elsewhere = levelsAt(promisingPlaces(locations.values()), lines);
    return {
      ...behind,
      levels: [...levels, ...elsewhere],
      purchases: [...purchases, ...purchasesBehind({ products }, lines, customerId)],
    };
  }
  return {
    ...behind,
    purchases: [...purchases, ...purchasesBehind({ products }, lines, customerId)],
    locations: [locationId],
    levels: [...levels, ...lines.map(({ sku }) => levelKey(sku, locationId))],
  };
}

function decide(snapshot: Snapshot, command: ChangeLines, now: Instant): Decision {
  const { orderId, ifVersion } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { status, reservation, version } = order;
  if (status !== "PENDING_PAYMENT") return refuse({ code: "order_not_changeable", orderId, status });
  // Run out and not yet tidied up: its units go to the first who pays.
  if (now >= reservation.expiresAt) return refuse({ code: "order_not_changeable", orderId, status: "EXPIRED" });
  // Of units at several places it would have to be said which ones go. A new order that `replaces` this one is allocated anew.
  const { locationId } = order;
  if (locationId === undefined) return refuse({ code: "order_not_changeable", orderId, status });
  const cart = mergeLines(command.lines);
  if (lineDifferences(order.lines, cart).length === 0) {
    return command.claim === undefined ? accept() : accept(changedEvent(order, command, order));
  }
  if (ifVersion !== undefined && ifVersion !== version) return refuse({ code: "order_changed", orderId, version });

  const lines = linesOf(snapshot, { ...order, locationId }, cart, now);
  if ("code" in lines) return refuse(lines);
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
  if (currencies.length > 1) return refuse({ code: "currency_mismatch", currencies });
  const amount = totalOf(lines);
  if (amount === undefined) return refuse({ code: "order_total_too_large" });

  const { customerId } = order;
  const more = moreThanHeld(order, cart);
  const beyond =
    quantityFailure(snapshot, changedLines(order, cart)) ??
    beyondPurchaseLimits(snapshot, more, { customerId, except: [orderId] }, now);
  if (beyond !== undefined) return refuse(beyond);
  const over = boundFailure(snapshot, command, order, cart);
  if (over !== undefined) return refuse(over);
  const short = shortOf(snapshot, { ...order, locationId }, cart);
  if (short.length > 0) return refuse({ code: "insufficient_stock", shortfalls: short });

  const owed = lines.map((line) => withOwed(snapshot, { ...order, locationId }, line));
  const total = { ...order.total, currency: currencies[0] ?? "XXX", amount };
  return accept({ ...changedEvent(order, command, { lines: owed, total }), ...backordersOf(snapshot, more) });
}

/** The event that gives an order other lines. */
function changedEvent(
  order: Order,
  { actor, claim }: ChangeLines,
  { lines, total }: Pick<Order, "lines" | "total">,
): OrderLinesChanged {
  const after = withLines(order, { lines, total });
  const { lines: linesBefore } = orderEvent(order, actor);
  return {
    type: "OrderLinesChanged",
    ...orderEvent(after, actor),
    linesBefore,
    version: after.version,
    total,
    ...(claim && { claim }),
    order: after,
  };
}

type AtOnePlace = Order & { readonly locationId: LocationId };

/** The lines of the cart with their names and prices, or why one cannot be had. Only what is more than before has to be on sale. */
function linesOf(
  snapshot: Snapshot,
  order: AtOnePlace,
  cart: readonly StockLine[],
  now: Instant,
): OrderLine[] | Failure {
  const held = new Map(order.lines.map((line) => [line.sku, line]));
  const more = moreThanHeld(order, cart);
  const unknown = more.filter(({ sku }) => !snapshot.products.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return { code: "product_not_found", skus: unknown };
  const archived = more.filter(({ sku }) => snapshot.products.get(sku)?.archivedAt !== undefined).map(({ sku }) => sku);
  if (archived.length > 0) return { code: "product_archived", skus: archived };
  const { locationId } = order;
  const location = snapshot.locations.get(locationId);
  if (more.length > 0 && location === undefined) return { code: "location_not_found", locationIds: [locationId] };
  if (more.length > 0 && location?.active === false) return { code: "location_inactive", locationIds: [locationId] };
  return cart.flatMap((line): OrderLine[] => {
    const [kept, product] = [held.get(line.sku), snapshot.products.get(line.sku)];
    const counts = more.includes(line) ? counted(snapshot, line.sku) : {};
    if (kept !== undefined) return [{ ...kept, quantity: line.quantity, ...counts }];
    if (product === undefined) return [];
    const { name, price: unitPrice, policies } = product;
    return [{ ...line, name, unitPrice, ...preordered(policies, now), ...counts }];
  });
}

/** Whether a holder would hold more than it may: by what comes on top of what the order holds. */
function boundFailure(
  { holdings }: Snapshot,
  { bounds = {} }: ChangeLines,
  order: Order,
  cart: readonly StockLine[],
): Failure | undefined {
  const requested = cart.reduce((units, { quantity }) => units + quantity, 0) - unitsOf(order);
  if (requested <= 0) return undefined;
  const { customerId, countsAgainst } = order;
  const { unitsPerKeyMax: _unitsPerKeyMax, ...ofCustomer } = bounds;
  const asked =
    countsAgainst === undefined ? { bounds: ofCustomer, actor: "" as Actor } : { bounds, actor: countsAgainst };
  for (const { holder, unitsMax } of boundsOn({ ...asked, ...(customerId !== undefined && { customerId }) })) {
    const held = holdings.get(holderKey(holder))?.units ?? 0;
    if (held + requested > unitsMax)
      return { code: "hold_limit_exceeded", holder: holder.kind, requested, held, unitsMax };
  }
  return undefined;
}

/** The lines of which an order is to have more than it holds. */
function moreThanHeld({ lines }: Order, cart: readonly StockLine[]): StockLine[] {
  const held = unitsBySku(lines);
  return cart.filter(({ sku, quantity }) => quantity > (held.get(sku) ?? 0));
}

/** The lines of which an order is to have other units than it holds. */
function changedLines({ lines }: Order, cart: readonly StockLine[]): StockLine[] {
  const held = unitsBySku(lines);
  return cart.filter(({ sku, quantity }) => quantity !== held.get(sku));
}

/** The lines of which more is asked for than the order holds and is free together. */
function shortOf(snapshot: Snapshot, order: AtOnePlace, cart: readonly StockLine[]): Shortfall[] {
  return shortfalls(
    { locationId: order.locationId, lines: moreThanHeld(order, cart) },
    (sku) => levelWithout(snapshot, order, sku),
    (sku) => backorderLimitOf(snapshot, sku),
  );
}

/** A level as if the order held nothing of it. */
function levelWithout({ levels }: Snapshot, { lines, locationId }: AtOnePlace, sku: Sku): StoredLevel | undefined {
  const level = levels.get(levelKey(sku, locationId));
  return level && { ...level, reservedStock: level.reservedStock - (unitsBySku(lines).get(sku) ?? 0) };
}

/** A line with the units that are not there: of one that has more than before, as it is now. */
function withOwed(snapshot: Snapshot, order: AtOnePlace, line: OrderLine): OrderLine {
  const { backorderedQuantity, ...plain } = line;
  if (line.quantity > (unitsBySku(order.lines).get(line.sku) ?? 0))
    return { ...plain, ...backordered(snapshot, line, () => levelWithout(snapshot, order, line.sku)) };
  if (backorderedQuantity === undefined) return line;
  return { ...line, backorderedQuantity: Math.min(backorderedQuantity, line.quantity) };
}
