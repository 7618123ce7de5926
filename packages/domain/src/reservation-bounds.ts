import type { PlaceOrder } from "./commands/place-order.ts";
import type { Actor, CustomerId } from "./ids.ts";
import type { Order } from "./order.ts";

/** Who a reservation counts against: a shopper, or an API key by its name. */
export type Holder =
  | { readonly kind: "customer"; readonly id: CustomerId }
  | { readonly kind: "key"; readonly id: Actor };

/**
 * How many units one holder may have reserved at a time, over all its ACTIVE reservations and every SKU. Units, and not
 * reservations: one cart could hold the whole stock.
 */
export interface ReservationBounds {
  readonly unitsPerCustomerMax?: number;
  readonly unitsPerKeyMax?: number;
}

/** The most units that a holder may have reserved. */
export interface Bound {
  readonly holder: Holder;
  readonly unitsMax: number;
}

/** The bounds that an order has to keep within, in order of precedence. An order without a customer has none for it. */
export function boundsOn({ bounds, customerId, actor }: Pick<PlaceOrder, "bounds" | "customerId" | "actor">): Bound[] {
  const found: Bound[] = [];
  if (bounds?.unitsPerCustomerMax !== undefined && customerId !== undefined) {
    found.push({ holder: { kind: "customer", id: customerId }, unitsMax: bounds.unitsPerCustomerMax });
  }
  if (bounds?.unitsPerKeyMax !== undefined) {
    found.push({ holder: { kind: "key", id: actor }, unitsMax: bounds.unitsPerKeyMax });
  }
  return found;
}

/** The API key that an order counts against: its caller's, where a bound is set for it. */
export function countsAgainst({ bounds, actor }: Pick<PlaceOrder, "bounds" | "actor">): Pick<Order, "countsAgainst"> {
  return bounds?.unitsPerKeyMax === undefined ? {} : { countsAgainst: actor };
}

/** A holder's name in maps. */
export function holderKey({ kind, id }: Holder): string {
  return `${kind}:${id}`;
}

/** Who an order's reservation counts against. */
export function holdersOf(order: Pick<Order, "customerId" | "countsAgainst">): Holder[] {
  const holders: Holder[] = [];
  if (order.customerId !== undefined) holders.push({ kind: "customer", id: order.customerId });
  if (order.countsAgainst !== undefined) holders.push({ kind: "key", id: order.countsAgainst });
  return holders;
}

/** The units of an order, over all its lines. */
export function unitsOf({ lines }: Pick<Order, "lines">): number {
  return lines.reduce((units, { quantity }) => units + quantity, 0);
}
