import { holderKey, holdersOf, unitsHeldBy } from "./hold-bounds.ts";
import type { Order } from "./order.ts";
import type { Tables } from "./snapshot.ts";

/**
 * The units that one holder has on hold now. Counted as holds begin and end, so that a bound costs the same however much is
 * held. A holder of none has no holding: what is stored grows with the holders that hold something, and shrinks with them.
 */
export interface Holding {
  /** By `holderKey`. */
  readonly holder: string;
  readonly units: number;
}

/** What the holdings of an order's holders come to as the order becomes `after`. */
export function movedHoldings({ orders, holdings }: Pick<Tables, "orders" | "holdings">, after: Order): Holding[] {
  const before = orders.get(after.id);
  const change = unitsHeldBy(after) - (before === undefined ? 0 : unitsHeldBy(before));
  if (change === 0) return [];
  return holdersOf(after).map((of) => {
    const holder = holderKey(of);
    // A count that somebody has edited must not keep stock from being given back: it never comes below zero, and one that
    // cannot be read, which is not among them, is left as it is.
    return { holder, units: Math.max(0, (holdings.get(holder)?.units ?? 0) + change) };
  });
}
