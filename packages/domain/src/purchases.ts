import { entity } from "./entity-declaration.ts";
import type { CustomerId, Instant, OrderId, Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Snapshot, Tables } from "./snapshot.ts";
import { faultOf, matching, text } from "./stored/record-checks.ts";
import { recordKey } from "./stored/unreadable.ts";

/**
 * What one customer has bought lately of one product that limits it. Kept with each order that counts, and never longer than the window
 * of the newest one: it grows with the limit, and not with the shop.
 */
export interface Purchases {
  /** By `buyerKey`. */
  readonly buyer: string;
  /** The entries as one text, which is the guard as well: the same text means the same purchases. */
  readonly bought: string;
}

/** Units that are held for an order, or sold by it and not given back. */
export interface Purchase {
  readonly orderId: OrderId;
  /** When the order was placed. */
  readonly at: Instant;
  readonly units: number;
}

export const purchases = entity<Purchases>()({
  kind: "purchases",
  key: ["buyer"],
  guards: ["bought"],
  isGone: ({ bought }) => bought === "",
  fault: faultOf<Purchases>("purchases", {
    buyer: text,
    bought: matching(/^[^ :]+:\d+:\d+( [^ :]+:\d+:\d+)*$/, "must be purchases"),
  }),
  searched: {},
  searchedParts: {},
});

/** A customer and a product, as one key. */
export function buyerKey(customerId: CustomerId, sku: Sku): string {
  return JSON.stringify([customerId, sku]);
}

/** The purchases of a customer that are known, oldest first. */
export function purchasesIn({ purchases: known }: Pick<Tables, "purchases">, buyer: string): Purchase[] {
  const bought = known.get(buyer)?.bought ?? "";
  if (bought === "") return [];
  return bought.split(" ").map((entry) => {
    const [orderId, at, units] = entry.split(":");
    return { orderId: orderId as OrderId, at: Number(at) as Instant, units: Number(units) };
  });
}

/** Most orders count towards no limit. */
const none: readonly string[] = [];

/** Whose purchases an order counts among, by `buyerKey`. */
export function buyersOf({ customerId, lines }: Pick<Order, "customerId" | "lines">): readonly string[] {
  if (customerId === undefined) return none;
  const counted = lines.filter(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
  return counted.length === 0 ? none : [...new Set(counted.map(({ sku }) => buyerKey(customerId, sku)))];
}

/** What the purchases of an order's customer come to as the order becomes `after`. */
export function movedPurchases(
  tables: Pick<Snapshot, "orders" | "purchases" | "unreadable">,
  after: Order,
): Purchases[] {
  const before = tables.orders.get(after.id);
  const buyers = new Set([...(before === undefined ? none : buyersOf(before)), ...buyersOf(after)]);
  return [...buyers].flatMap((buyer) => {
    // Steps that move no unit have not looked at the purchases.
    const units = before === undefined ? 0 : unitsFor(before, buyer).units;
    if (units === unitsFor(after, buyer).units) return [];
    // What cannot be read is left as it is.
    if (tables.unreadable.has(recordKey("purchases", buyer))) return [];
    if (before !== undefined && isForgotten(tables, before, after, buyer)) return [];
    const known = purchasesIn(tables, buyer);
    const next = withOrder(known, after, buyer).map(({ orderId, at, units }) => `${orderId}:${at}:${units}`);
    const bought = next.join(" ");
    return bought === (tables.purchases.get(buyer)?.bought ?? "") ? [] : [{ buyer, bought }];
  });
}

/**
 * Whether an order gets another customer and is known no more of the one that it had, as it had left their window. Else the purchases of an
 * erased customer would grow with all that they have ever bought.
 */
function isForgotten(tables: Pick<Tables, "purchases">, before: Order, after: Order, buyer: string): boolean {
  const { customerId } = before;
  if (customerId === undefined || customerId === after.customerId) return false;
  const [, sku] = JSON.parse(buyer) as [CustomerId, Sku];
  return purchasesIn(tables, buyerKey(customerId, sku)).every(({ orderId }) => orderId !== after.id);
}

/** The purchases with an order's units as they are now. A new entry takes the place of those that count no more. */
function withOrder(known: readonly Purchase[], order: Order, buyer: string): Purchase[] {
  const { id: orderId, placedAt: at } = order;
  const { units, windowSeconds } = unitsFor(order, buyer);
  if (units === 0) return known.filter((each) => each.orderId !== orderId);
  if (known.some((each) => each.orderId === orderId))
    return known.map((each) => (each.orderId === orderId ? { ...each, units } : each));
  return [...known.filter((each) => each.at > at - windowSeconds * 1000), { orderId, at, units }];
}

/** Units of an order that count for a buyer: held, or sold and neither cancelled nor returned. */
function unitsFor({ customerId, status, lines }: Order, buyer: string) {
  const counts = status === "PENDING_PAYMENT" || status === "CONFIRMED";
  let [units, windowSeconds] = [0, 0];
  for (const line of lines) {
    const { sku, purchaseWindowSeconds, quantity, cancelledQuantity = 0, returnedQuantity = 0 } = line;
    if (customerId === undefined || purchaseWindowSeconds === undefined || buyerKey(customerId, sku) !== buyer)
      continue;
    windowSeconds = Math.max(windowSeconds, purchaseWindowSeconds);
    if (counts) units += quantity - cancelledQuantity - returnedQuantity;
  }
  return { units, windowSeconds };
}
