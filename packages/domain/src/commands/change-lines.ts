import { promisingPlaces } from "../allocation.ts";
import { backordered, backorderLimitOf, backordersOf } from "../backorder.ts";
import { mergeLines, type StockLine, unitsBySku } from "../cart.ts";
import { changedAllocation, keptOf } from "../changed-allocation.ts";
import { withLines } from "../changed-lines.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule, CommandReads } from "../command-module.ts";
import type { Command } from "../commands.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { OrderLinesChanged } from "../events.ts";
import type { Failure } from "../failures.ts";
import type { StoredLevel } from "../fold.ts";
import type { PlacedLine } from "../fulfilment.ts";
import type { Actor, Instant, LocationId, OrderId, Sku } from "../ids.ts";
import { asChanged } from "../line-change.ts";
import { totalOf } from "../money.ts";
import type { Order, OrderLine } from "../order.ts";
import { orderEvent } from "../order-event.ts";
import { atPlaces, placedLines } from "../order-places.ts";
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
  /** All that the order is to have. A line without a place: from where the order has it or, if more is wanted, may have it. */
  readonly lines: readonly StockLine[];
  /** Left out: no bound applies. */
  readonly bounds?: ReservationBounds;
  /** The version that the caller has seen. Left out: whichever it is. */
  readonly ifVersion?: number;
  readonly claim?: Claim;
}

/**
 * All of it, or nothing: an order that is refused keeps what it holds. It gives up no unit that it is still to have, so fewer units are
 * never refused for stock, and its end stays where it is. More units come from where the order is and then, if its places were Holdfast's to
 * choose, from elsewhere. A line that names a place has its units there, and makes the places the caller's to choose. A line that stays keeps
 * its name and price, for more units of it too; a new one has those of now. Lines that are there already are a repeat, whatever version it
 * names: the first answer may have been lost. Under a key they are recorded all the same: the repeat may come after a later change, and must
 * not undo it.
 */
export const changeLines: CommandModule<ChangeLines, "orders"> = {
  reads: ({ orderId, lines }) => ({
    orders: [orderId],
    products: lines.map(({ sku }) => sku),
    locations: placesIn(lines),
  }),
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

/** Of an order, or of the command that places it: whose it is, and where its units may be. */
type Origin = Pick<Order, "customerId" | "locationId"> & { readonly lines: readonly StockLine[] };

/** An order that its own batch places is not among those that were found. */
function leadsTo(
  command: ChangeLines,
  { orders, products, locations }: Pick<Snapshot, "orders" | "products" | "locations">,
  batch: readonly Command[] = [],
): CommandReads {
  const { orderId, lines } = command;
  const found = orders.get(orderId);
  const placing = batch.find((each) => each.type === "PlaceOrder" && each.orderId === orderId);
  const origin = found ?? (placing as Origin | undefined);
  if (origin === undefined) return {};
  // Another change of the batch may have taken it elsewhere by then.
  const others = batch.flatMap((each) => (each.type === "ChangeLines" && each.orderId === orderId ? each.lines : []));
  const own = placesIn([origin, ...origin.lines, ...lines, ...others]);
  // An order of its own batch that names no place is allocated: at whichever place it will be.
  const isFree = found === undefined ? origin.locationId === undefined : found.allocatedBy !== undefined;
  const places = new Set(isFree ? [...own, ...promisingPlaces(locations.values())] : own);
  const { levels = [], purchases = [], ...behind } = behindOrder(command, { orders });
  return {
    ...behind,
    purchases: [...purchases, ...purchasesBehind({ products }, lines, origin.customerId)],
    locations: own,
    levels: [...levels, ...[...places].flatMap((place) => lines.map(({ sku }) => levelKey(sku, place)))],
    ...(isFree && { lists: ["activeLocations"] as const }),
  };
}

/** Places that are named, each once. */
function placesIn(named: readonly Pick<StockLine, "locationId">[]): LocationId[] {
  return [...new Set(named.flatMap(({ locationId }) => locationId ?? []))];
}

function decide(snapshot: Snapshot, command: ChangeLines, now: Instant): Decision {
  const { orderId, ifVersion } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { status, reservation, version, customerId } = order;
  if (status !== "PENDING_PAYMENT") return refuse({ code: "order_not_changeable", orderId, status });
  // Run out and not yet tidied up: its units go to the first who pays.
  if (now >= reservation.expiresAt) return refuse({ code: "order_not_changeable", orderId, status: "EXPIRED" });
  const cart = mergeLines(command.lines);
  const kept = keptOf(order, cart);
  // A caller who names a place may have a reason to fetch it there: neither more units nor a late payment take it elsewhere.
  const namesNone = cart.every(({ locationId }) => locationId === undefined);
  const isAsBefore = namesNone || order.allocatedBy === undefined;
  if (isAsBefore && kept.isAll && kept.missing.length === 0) {
    return command.claim === undefined ? accept() : accept(changedEvent(order, command, order));
  }
  if (ifVersion !== undefined && ifVersion !== version) return refuse({ code: "order_changed", orderId, version });

  const wanted = mergeLines(cart.map(({ sku, quantity }) => ({ sku, quantity })));
  const more = moreThanHeld(order, wanted);
  const places = moreFrom(snapshot, order);
  const unsaleable = unsaleableIn(snapshot, more) ?? closedTo(snapshot, order, kept.missing, places);
  if (unsaleable !== undefined) return refuse(unsaleable);
  const priced = pricedLines(snapshot, order, wanted, now);
  const currencies = [...new Set(priced.map(({ unitPrice }) => unitPrice.currency))];
  if (currencies.length > 1) return refuse({ code: "currency_mismatch", currencies });
  const amount = totalOf(priced);
  if (amount === undefined) return refuse({ code: "order_total_too_large" });
  const beyond =
    quantityFailure(snapshot, changedLines(order, wanted)) ??
    beyondPurchaseLimits(snapshot, more, { customerId, except: [orderId] }, now) ??
    boundFailure(snapshot, command, order, wanted);
  if (beyond !== undefined) return refuse(beyond);

  const source = {
    levelAt: (sku: Sku, place: LocationId) => snapshot.levels.get(levelKey(sku, place)),
    limitOf: (sku: Sku) => backorderLimitOf(snapshot, sku),
  };
  const taken = changedAllocation(order, cart, kept, { places, policy: order.allocatedBy ?? "priority", source });
  if (taken.lines === undefined) return refuse({ code: "insufficient_stock", shortfalls: taken.shortfalls });
  const where = atPlaces(placedAs(snapshot, order, taken.lines, priced));
  const allocatedBy = namesNone && order.allocatedBy !== undefined ? { allocatedBy: order.allocatedBy } : {};
  const total = { ...order.total, currency: currencies[0] ?? "XXX", amount };
  const after = { ...where, ...allocatedBy, total };
  return accept({ ...changedEvent(order, command, after), ...backordersOf(snapshot, kept.missing) });
}

/** The event that gives an order other lines. Those before name their places where these are not all at the one that they were at. */
function changedEvent(
  order: Order,
  { actor, claim }: ChangeLines,
  other: Pick<Order, "locationId" | "lines" | "total" | "allocatedBy">,
): OrderLinesChanged {
  const after = withLines(order, other);
  const isThere = after.locationId !== undefined && after.locationId === order.locationId;
  const before = isThere ? order.lines : placedLines(order);
  return {
    type: "OrderLinesChanged",
    ...orderEvent(after, actor),
    linesBefore: before.map(({ sku, locationId, quantity }) => ({ sku, ...(locationId && { locationId }), quantity })),
    version: after.version,
    total: other.total,
    ...(claim && { claim }),
    order: after,
  };
}

/** From where an order may get more of lines that name no place: first from where it is, and not from what is closed. */
function moreFrom({ locations }: Pick<Snapshot, "locations">, order: Order): LocationId[] {
  const own = placesIn(placedLines(order)).filter((place) => locations.get(place)?.active === true);
  if (order.allocatedBy === undefined) return own;
  return [...new Set([...own, ...promisingPlaces(locations.values())])];
}

/** Only what an order is to have more of has to be on sale. */
function unsaleableIn({ products }: Pick<Snapshot, "products">, more: readonly StockLine[]): Failure | undefined {
  const unknown = more.filter(({ sku }) => !products.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return { code: "product_not_found", skus: unknown };
  const archived = more.filter(({ sku }) => products.get(sku)?.archivedAt !== undefined).map(({ sku }) => sku);
  return archived.length > 0 ? { code: "product_archived", skus: archived } : undefined;
}

/** The places that what is missing has to come from, and that give nothing. `places`: where the lines that name none may come from. */
function closedTo(
  { locations }: Pick<Snapshot, "locations">,
  order: Order,
  missing: readonly StockLine[],
  places: readonly LocationId[],
): Failure | undefined {
  const isStuck = places.length === 0 && order.allocatedBy === undefined;
  const needed = missing.flatMap((line) => (line.locationId === undefined && isStuck ? placedLines(order) : [line]));
  const named = placesIn(needed);
  const nowhere = named.filter((id) => !locations.has(id));
  if (nowhere.length > 0) return { code: "location_not_found", locationIds: nowhere };
  const closed = named.filter((id) => locations.get(id)?.active === false);
  return closed.length > 0 ? { code: "location_inactive", locationIds: closed } : undefined;
}

/** What is wanted, a line a SKU, with its name and price. Everything in it is the order's already, or a product's. */
function pricedLines(snapshot: Snapshot, order: Order, wanted: readonly StockLine[], now: Instant): OrderLine[] {
  const held = new Map(order.lines.map((line) => [line.sku, line]));
  const more = moreThanHeld(order, wanted);
  return wanted.flatMap(({ sku, quantity }): OrderLine[] => {
    const [kept, product] = [held.get(sku), snapshot.products.get(sku)];
    const counts = more.some((line) => line.sku === sku) ? counted(snapshot, sku) : {};
    if (kept !== undefined) {
      const { locationId: _place, backorderedQuantity: _owed, ...line } = kept;
      return [{ ...line, quantity, ...counts }];
    }
    if (product === undefined) return [];
    const { name, price: unitPrice, policies } = product;
    return [{ sku, quantity, name, unitPrice, ...preordered(policies, now), ...counts }];
  });
}

/** The lines at their places. */
function placedAs(
  snapshot: Snapshot,
  order: Order,
  placed: readonly PlacedLine[],
  priced: readonly OrderLine[],
): (OrderLine & PlacedLine)[] {
  const bySku = new Map(priced.map((line) => [line.sku, line]));
  const before = new Map(placedLines(order).map((line) => [levelKey(line.sku, line.locationId), line]));
  return placed.flatMap((at) => {
    const { sku, locationId, quantity } = at;
    const line = bySku.get(sku);
    if (line === undefined) return [];
    const owed = owedOf(snapshot, at, before.get(levelKey(sku, locationId)));
    return [{ ...line, sku, locationId, quantity, ...owed }];
  });
}

/** The units of a line that are not there: of one that has more than before, as it is now. */
function owedOf(
  snapshot: Snapshot,
  at: PlacedLine,
  before: OrderLine | undefined,
): Pick<OrderLine, "backorderedQuantity"> {
  const held = before?.quantity ?? 0;
  if (at.quantity > held) return backordered(snapshot, at, () => levelWithout(snapshot, at, held));
  const owed = before?.backorderedQuantity;
  return owed === undefined ? {} : { backorderedQuantity: Math.min(owed, at.quantity) };
}

/** A level as if an order held nothing of it. */
function levelWithout(
  { levels }: Pick<Snapshot, "levels">,
  { sku, locationId }: PlacedLine,
  held: number,
): StoredLevel | undefined {
  const level = levels.get(levelKey(sku, locationId));
  return level && { ...level, reservedStock: level.reservedStock - held };
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
