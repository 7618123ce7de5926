import { type AllocationPolicy, allocate, levelsAt, promisingPlaces } from "../allocation.ts";
import { backordered, backorderLimitOf, backordersOf } from "../backorder.ts";
import { assert } from "../bug.ts";
import { mergeLines, type StockLine } from "../cart.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule, CommandReads } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Failure } from "../failures.ts";
import {
  type Actor,
  type CustomerId,
  type Instant,
  type LocationId,
  mainLocation,
  type OrderId,
  reservationIdOf,
  type Sku,
} from "../ids.ts";
import { latestExpiry } from "../latest-expiry.ts";
import { limits } from "../limits.ts";
import { type Money, totalOf } from "../money.ts";
import { asPlaced, firstExpiry, type Order, type OrderLine } from "../order.ts";
import { detailsOf, type OrderDetails } from "../order-details.ts";
import { orderEvent } from "../order-event.ts";
import { atPlaces } from "../order-places.ts";
import type { Product } from "../product.ts";
import { preordered, underPolicies } from "../product-policy.ts";
import { beyondPurchaseLimits, counted, purchasesBehind } from "../purchase-limit.ts";
import { type Replaced, replacedOrder } from "../replaced-order.ts";
import { boundsOn, countsAgainst, holderKey, holdersOf, type ReservationBounds } from "../reservation-bounds.ts";
import { type ShownOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";
import { levelKey } from "../stock-level.ts";
import { stockOf } from "../stock-of.ts";

/** Holds every line of a cart for a while, or none. */
export interface PlaceOrder extends OrderDetails {
  readonly type: "PlaceOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly customerId?: CustomerId;
  /** Where lines come from that name no place. Left out: they are allocated over the active ones. */
  readonly locationId?: LocationId;
  readonly lines: readonly StockLine[];
  readonly holdSeconds: number;
  /** Whether the length is the shop's usual one, in whose place its products may set their own. Left out: it was asked for. */
  readonly isUsualHold?: boolean;
  /** The most that the shop allows. Left out: `limits.holdSecondsMax`. */
  readonly holdSecondsMax?: number;
  /** Left out: no bound applies. */
  readonly bounds?: ReservationBounds;
  /** An order of the same shopper that this one takes the place of, in the same commit: its units count as free. */
  readonly replaces?: OrderId;
  /** Only says what would come of it: nothing is held, and its key stays free. */
  readonly dryRun?: boolean;
  /** How lines without a place are allocated. Left out: `priority`. */
  readonly allocateBy?: AllocationPolicy;
  readonly claim?: Claim;
}

/** Most orders replace none. */
const nothing: CommandReads = {};

/**
 * All of the cart is held, or none of it. Each line keeps the name and price of this moment. An order that is replaced ends with it, or
 * keeps what it has where the cart is refused.
 */
export const placeOrder: CommandModule<PlaceOrder, "orders"> = {
  reads: (command) => ({
    products: command.lines.map(({ sku }) => sku),
    locations: placesNamed(command),
    // In most shops, where a line without a place comes from.
    levels: command.lines.map(({ sku, locationId = command.locationId ?? mainLocation }) => levelKey(sku, locationId)),
    holdings: holdersOf({ ...command, ...countsAgainst(command) }).map(holderKey),
    ...(isAllocated(command) && { lists: ["activeLocations"] as const }),
    ...(command.replaces !== undefined && { orders: [command.replaces] }),
  }),
  leadsTo: (command, { orders, products, locations }) => {
    const { replaces, lines, customerId } = command;
    const replaced = replaces === undefined ? undefined : orders.get(replaces);
    const freed = replaced === undefined ? nothing : stockOf(replaced);
    const purchases = purchasesBehind({ products }, lines, customerId);
    const levels = isAllocated(command) ? levelsAt(promisingPlaces(locations.values()), lines) : [];
    if (purchases.length === 0 && levels.length === 0) return freed;
    return {
      ...freed,
      purchases: [...(freed.purchases ?? []), ...purchases],
      levels: [...(freed.levels ?? []), ...levels],
    };
  },
  subject: shownOrderSubject,
  firstAnswer,
  tried: (events) => {
    const placed = events.findLast((event) => event.type === "OrderPlaced");
    assert(placed !== undefined, "a dry run would place an order");
    return firstAnswer(placed.order);
  },
  decide,
};

function firstAnswer(order: Order): ShownOrder {
  return { ...asPlaced(order), fulfilmentStatus: "NONE", payments: [] };
}

/** Places that a cart names, each once. */
function placesNamed({ locationId, lines }: PlaceOrder): LocationId[] {
  const named = new Set<LocationId>();
  for (const line of lines) {
    const place = line.locationId ?? locationId;
    if (place !== undefined) named.add(place);
  }
  return [...named];
}

/** Whether a line of a cart may come from wherever it is. */
function isAllocated({ locationId, lines }: PlaceOrder): boolean {
  return locationId === undefined && lines.some((line) => line.locationId === undefined);
}

function decide(snapshot: Snapshot, command: PlaceOrder, now: Instant): Decision {
  const { orderId, customerId, actor, claim, replaces } = command;
  if (command.holdSeconds > (command.holdSecondsMax ?? limits.holdSecondsMax)) {
    return refuse({ code: "hold_too_long", orderId, latest: latestExpiry(now, command) });
  }
  const replaced = replaces === undefined ? undefined : replacedOrder(snapshot, command, replaces, now);
  if (replaced !== undefined && "code" in replaced) return refuse(replaced);
  const places = isAllocated(command) ? promisingPlaces(snapshot.locations.values()) : [];
  const [onlyPlace] = places.length === 1 ? places : [];
  const cart = mergeLines(command.lines, command.locationId ?? onlyPlace);
  const unsaleable = unknownIn(snapshot, command, cart);
  if (unsaleable !== undefined) return refuse(unsaleable);
  const total = totalCost(snapshot, cart);
  if ("code" in total) return refuse(total);
  const hold = underPolicies(snapshot, cart, command, now);
  if ("code" in hold) return refuse(hold);
  const beyond =
    beyondPurchaseLimits(snapshot, cart, { customerId, except: [replaces] }, now) ??
    beyondBounds(snapshot, command, cart, replaced);
  if (beyond !== undefined) return refuse(beyond);

  const levelAt = (sku: Sku, place: LocationId) => {
    const level = snapshot.levels.get(levelKey(sku, place));
    const freed = replaced?.freed.get(levelKey(sku, place)) ?? 0;
    return level === undefined || freed === 0 ? level : { ...level, reservedStock: level.reservedStock - freed };
  };
  const { allocateBy = "priority" } = command;
  const taken = allocate(cart, places, { levelAt, limitOf: (sku) => backorderLimitOf(snapshot, sku) }, allocateBy);
  if (taken.lines === undefined) return refuse({ code: "insufficient_stock", shortfalls: taken.shortfalls });
  const lines = taken.lines.map((line) => ({
    ...priced(snapshot, line),
    ...preordered(snapshot.products.get(line.sku)?.policies, now),
    ...counted(snapshot, line.sku),
    ...backordered(snapshot, line, () => levelAt(line.sku, line.locationId)),
  }));

  const hadChoice = places.length > 1 && command.lines.every(({ locationId }) => locationId === undefined);
  const details = detailsOf(command);
  const order: Order = {
    id: orderId,
    version: 1,
    status: "PENDING_PAYMENT",
    ...(customerId === undefined ? {} : { customerId }),
    ...atPlaces(lines),
    ...(hadChoice && { allocatedBy: allocateBy }),
    total,
    placedAt: now,
    ...hold,
    paymentCounts: {},
    reservation: {
      id: reservationIdOf(orderId, 1),
      status: "ACTIVE",
      expiresAt: firstExpiry({ placedAt: now, holdSeconds: hold.holdSeconds }),
    },
    ...(replaces !== undefined && { replaces }),
    ...(claim && { claim }),
    ...countsAgainst(command),
    ...details,
  };
  const about = { ...orderEvent(order, actor), ...backordersOf(snapshot, cart), ...details };
  return accept(...(replaced?.ends ?? []), { type: "OrderPlaced", ...about, order });
}

/** The first thing that a cart names and that is not there, or not to be had any more. */
function unknownIn(snapshot: Snapshot, command: PlaceOrder, cart: readonly StockLine[]): Failure | undefined {
  const skus = new Set<Sku>();
  for (const { sku } of cart) skus.add(sku);
  const unknown = [...skus].filter((sku) => !snapshot.products.has(sku));
  if (unknown.length > 0) return { code: "product_not_found", skus: unknown };
  const archived = [...skus].filter((sku) => snapshot.products.get(sku)?.archivedAt !== undefined);
  if (archived.length > 0) return { code: "product_archived", skus: archived };
  const named = placesNamed(command);
  const nowhere = named.filter((id) => !snapshot.locations.has(id));
  if (nowhere.length > 0) return { code: "location_not_found", locationIds: nowhere };
  const closed = named.filter((id) => snapshot.locations.get(id)?.active === false);
  return closed.length > 0 ? { code: "location_inactive", locationIds: closed } : undefined;
}

/** What a cart costs, or why that is no price. */
function totalCost(snapshot: Snapshot, cart: readonly StockLine[]): Money | Failure {
  const lines = cart.map(({ sku, quantity }) => ({ unitPrice: productOf(snapshot, sku).price, quantity }));
  const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
  if (currencies.length > 1) return { code: "currency_mismatch", currencies };
  const [currency = "XXX"] = currencies;
  const amount = totalOf(lines);
  return amount === undefined ? { code: "order_total_too_large" } : { amount, currency };
}

/** A line with the name and price of now. */
function priced<Line extends StockLine>(snapshot: Snapshot, line: Line): Line & Pick<OrderLine, "name" | "unitPrice"> {
  const { name, price: unitPrice } = productOf(snapshot, line.sku);
  return { ...line, name, unitPrice };
}

function productOf({ products }: Snapshot, sku: Sku): Product {
  const product = products.get(sku);
  assert(product !== undefined, `there is no product ${sku} to sell`);
  return product;
}

/** The first bound on what a holder has reserved that a cart would go beyond. */
function beyondBounds(
  snapshot: Snapshot,
  command: PlaceOrder,
  cart: readonly StockLine[],
  replaced: Pick<Replaced, "held"> | undefined,
): Failure | undefined {
  const requested = cart.reduce((units, { quantity }) => units + quantity, 0);
  for (const { holder, unitsMax } of boundsOn(command)) {
    const key = holderKey(holder);
    const held = (snapshot.holdings.get(key)?.units ?? 0) - (replaced?.held.get(key) ?? 0);
    if (held + requested > unitsMax) {
      return { code: "hold_limit_exceeded", holder: holder.kind, requested, held, unitsMax };
    }
  }
  return undefined;
}
