import { backordered, backorderLimitOf, backordersOf } from "../backorder.ts";
import { assert } from "../bug.ts";
import { mergeLines, type StockLine, shortfalls } from "../cart.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule, CommandReads } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import {
  type Actor,
  type CustomerId,
  type Instant,
  type LocationId,
  type OrderId,
  reservationIdOf,
  type Sku,
} from "../ids.ts";
import { latestExpiry } from "../latest-expiry.ts";
import { limits } from "../limits.ts";
import { totalOf } from "../money.ts";
import { asPlaced, firstExpiry, type Order, type OrderLine } from "../order.ts";
import { detailsOf, type OrderDetails } from "../order-details.ts";
import { preordered, underPolicies } from "../product-policy.ts";
import { beyondPurchaseLimits, counted, purchasesBehind } from "../purchase-limit.ts";
import { replacedOrder } from "../replaced-order.ts";
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
  readonly locationId: LocationId;
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
    locations: [command.locationId],
    levels: command.lines.map(({ sku }) => levelKey(sku, command.locationId)),
    holdings: holdersOf({ ...command, ...countsAgainst(command) }).map(holderKey),
    ...(command.replaces !== undefined && { orders: [command.replaces] }),
  }),
  leadsTo: ({ replaces, lines, customerId }, { orders, products }) => {
    const replaced = replaces === undefined ? undefined : orders.get(replaces);
    const freed = replaced === undefined ? nothing : stockOf(replaced);
    const purchases = purchasesBehind({ products }, lines, customerId);
    return purchases.length === 0 ? freed : { ...freed, purchases: [...(freed.purchases ?? []), ...purchases] };
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

function decide(snapshot: Snapshot, command: PlaceOrder, now: Instant): Decision {
  const { orderId, customerId, locationId, actor, claim, replaces } = command;
  if (command.holdSeconds > (command.holdSecondsMax ?? limits.holdSecondsMax)) {
    return refuse({ code: "hold_too_long", orderId, latest: latestExpiry(now, command) });
  }
  const replaced = replaces === undefined ? undefined : replacedOrder(snapshot, command, replaces, now);
  if (replaced !== undefined && "code" in replaced) return refuse(replaced);
  const cart = mergeLines(command.lines);
  const lines: OrderLine[] = [];
  const unknown: Sku[] = [];
  const archived: Sku[] = [];
  for (const line of cart) {
    const product = snapshot.products.get(line.sku);
    if (product === undefined) unknown.push(line.sku);
    else if (product.archivedAt !== undefined) archived.push(line.sku);
    else
      lines.push({
        ...line,
        name: product.name,
        unitPrice: product.price,
        ...preordered(product.policies, now),
        ...counted(snapshot, line.sku),
      });
  }
  if (unknown.length > 0) return refuse({ code: "product_not_found", skus: unknown });
  if (archived.length > 0) return refuse({ code: "product_archived", skus: archived });
  const location = snapshot.locations.get(locationId);
  if (location === undefined) return refuse({ code: "location_not_found", locationIds: [locationId] });
  if (!location.active) return refuse({ code: "location_inactive", locationIds: [locationId] });

  const currencies = [...new Set(lines.map((line) => line.unitPrice.currency))];
  if (currencies.length > 1) return refuse({ code: "currency_mismatch", currencies });

  const [currency = "XXX"] = currencies;
  const amount = totalOf(lines);
  if (amount === undefined) return refuse({ code: "order_total_too_large" });

  const hold = underPolicies(snapshot, cart, command, now);
  if ("code" in hold) return refuse(hold);

  const excess = beyondPurchaseLimits(snapshot, cart, { customerId, except: [replaces] }, now);
  if (excess !== undefined) return refuse(excess);

  const requested = cart.reduce((units, { quantity }) => units + quantity, 0);
  for (const { holder, unitsMax } of boundsOn(command)) {
    const key = holderKey(holder);
    const held = (snapshot.holdings.get(key)?.units ?? 0) - (replaced?.held.get(key) ?? 0);
    if (held + requested > unitsMax) {
      return refuse({ code: "hold_limit_exceeded", holder: holder.kind, requested, held, unitsMax });
    }
  }

  const levelOf = (sku: Sku) => {
    const level = snapshot.levels.get(levelKey(sku, locationId));
    const freed = replaced?.freed.get(levelKey(sku, locationId)) ?? 0;
    return level === undefined || freed === 0 ? level : { ...level, reservedStock: level.reservedStock - freed };
  };
  const short = shortfalls(cart, locationId, levelOf, (sku) => backorderLimitOf(snapshot, sku));
  if (short.length > 0) return refuse({ code: "insufficient_stock", shortfalls: short });

  const details = detailsOf(command);
  const order: Order = {
    id: orderId,
    version: 1,
    status: "PENDING_PAYMENT",
    ...(customerId === undefined ? {} : { customerId }),
    locationId,
    lines: lines.map((line) => ({ ...line, ...backordered(snapshot, line, levelOf(line.sku)) })),
    total: { amount, currency },
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
  const owed = backordersOf(snapshot, cart);
  const placed = { type: "OrderPlaced", actor, orderId, locationId, lines: cart, ...owed, ...details, order } as const;
  return accept(...(replaced?.ends ?? []), placed);
}
