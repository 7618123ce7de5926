import type { StockLine } from "./cart.ts";
import type { Failure } from "./failures.ts";
import type { CustomerId, Instant, OrderId, Sku } from "./ids.ts";
import type { Order, OrderLine } from "./order.ts";
import { buyerKey, purchasesIn } from "./purchases.ts";
import type { Snapshot, Tables } from "./snapshot.ts";
import { recordKey } from "./stored/unreadable.ts";

/** How many units of a product one customer may buy within a window of time. */
export interface PurchaseLimit {
  readonly quantity: number;
  readonly windowSeconds: number;
}

/** A product of which a customer would have bought more than it allows. */
export interface PurchaseExcess {
  readonly sku: Sku;
  readonly requested: number;
  /** Units that the customer holds, or has bought and not given back, within the window. */
  readonly purchased: number;
  readonly quantityMax: number;
  readonly windowSeconds: number;
}

/** Who buys, and the orders whose units do not count: of the order itself, and of the one that it replaces. */
interface Buying {
  readonly customerId?: CustomerId | undefined;
  readonly except: readonly (OrderId | undefined)[];
}

/** The products of lines that count towards a limit. */
export function limitedIn(lines: readonly Pick<OrderLine, "sku" | "purchaseWindowSeconds">[]): Sku[] {
  return lines.flatMap(({ sku, purchaseWindowSeconds }) => (purchaseWindowSeconds === undefined ? [] : [sku]));
}

/** The products of a cart that limit purchases; of most carts none. */
function limited(
  { products }: Pick<Tables, "products">,
  lines: readonly Pick<StockLine, "sku">[],
): Map<Sku, PurchaseLimit> {
  const limits = new Map<Sku, PurchaseLimit>();
  for (const { sku } of lines) {
    const limit = products.get(sku)?.policies?.purchaseLimit;
    if (limit !== undefined) limits.set(sku, limit);
  }
  return limits;
}

/**
 * The purchases to look at before a cart is sold, by `buyerKey`: of products that limit them or have done so. What has never limited them has
 * none, so a limit that is set in the very batch finds what there is.
 */
export function purchasesBehind(
  { products }: Pick<Tables, "products">,
  lines: readonly Pick<StockLine, "sku">[],
  customerId: CustomerId | undefined,
): readonly string[] {
  if (customerId === undefined) return [];
  return lines.flatMap(({ sku }) => (products.get(sku)?.countsPurchases ? [buyerKey(customerId, sku)] : []));
}

/** Why a customer may not have the units of a cart within the limits of its products; `undefined` where they may. */
export function beyondPurchaseLimits(
  tables: Pick<Snapshot, "products" | "purchases" | "unreadable">,
  cart: readonly StockLine[],
  { customerId, except }: Buying,
  now: Instant,
): Failure | undefined {
  const limits = limited(tables, cart);
  if (limits.size === 0) return undefined;
  // Purchases are counted by customer: a guest could order again and again.
  if (customerId === undefined) return { code: "customer_required", skus: [...limits.keys()] };
  const excesses: PurchaseExcess[] = [];
  for (const [sku, { quantity: quantityMax, windowSeconds }] of limits) {
    const buyer = buyerKey(customerId, sku);
    const unreadable = tables.unreadable.get(recordKey("purchases", buyer));
    if (unreadable !== undefined) {
      return { code: "record_unreadable", kind: unreadable.kind, id: buyer, reason: unreadable.reason };
    }
    const requested = cart.reduce((units, line) => (line.sku === sku ? units + line.quantity : units), 0);
    const since = now - windowSeconds * 1000;
    const purchased = purchasesIn(tables, buyer)
      .filter(({ orderId, at }) => at > since && !except.includes(orderId))
      .reduce((sum, { units }) => sum + units, 0);
    if (purchased + requested > quantityMax) excesses.push({ sku, requested, purchased, quantityMax, windowSeconds });
  }
  return excesses.length === 0 ? undefined : { code: "purchase_limit_exceeded", excesses };
}

/**
 * Why a customer may not have an order once more whose reservation has run out; `undefined` where they may. What did not count towards a
 * limit when it was placed does not count now.
 */
export function beyondLimitsAgain(
  tables: Pick<Snapshot, "products" | "purchases" | "unreadable">,
  { id, customerId, lines }: Pick<Order, "id" | "customerId" | "lines">,
  now: Instant,
): Failure | undefined {
  const counting = lines.filter(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
  if (counting.length === 0) return undefined;
  return beyondPurchaseLimits(tables, counting, { customerId, except: [id] }, now);
}

/** What a line keeps where it counts towards a limit. */
export function counted({ products }: Pick<Tables, "products">, sku: Sku): Pick<OrderLine, "purchaseWindowSeconds"> {
  const limit = products.get(sku)?.policies?.purchaseLimit;
  return limit === undefined ? {} : { purchaseWindowSeconds: limit.windowSeconds };
}
