import { contributionsOf } from "./contributions.ts";
import type { Holding } from "./holding.ts";
import type { Order } from "./order.ts";
import type { Tables } from "./snapshot.ts";

/** What the holdings of an order's holders come to as the order becomes `after`. */
export function movedHoldings({ orders, holdings }: Pick<Tables, "orders" | "holdings">, after: Order): Holding[] {
  const before = orders.get(after.id);
  const held = before === undefined ? [] : contributionsOf("holdings", "orders", before);
  const holds = contributionsOf("holdings", "orders", after);
  if (held.length === 0 && holds.length === 0) return [];
  const moved = new Map(holds.map(({ key, units }) => [key, units]));
  for (const { key, units } of held) moved.set(key, (moved.get(key) ?? 0) - units);
  return [...moved]
    .filter(([, units]) => units !== 0)
    .map(([holder, units]) => {
      // A count that somebody has edited must not keep stock from being given back: it never comes below zero, and one that
      // cannot be read, which is not among them, is left as it is.
      return { holder, units: Math.max(0, (holdings.get(holder)?.units ?? 0) + units) };
    });
}
