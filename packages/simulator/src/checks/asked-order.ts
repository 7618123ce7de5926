import type { CommandOf, Sku } from "@holdfast/domain";
import { unitsIn } from "./ledger-order.ts";
import { shortest } from "./policy-rules.ts";
import type { UnitsAt } from "./sold-out.ts";
import type { Witness } from "./witness.ts";

/** A holder's name in the book, and the most that it may hold. A guest has no bound. */
export function boundOf({ bounds, customerId, actor }: CommandOf<"PlaceOrder">, holder: "customer" | "key") {
  const unlimited = Number.POSITIVE_INFINITY;
  if (holder === "key") return { who: `key:${actor}`, unitsMax: bounds?.unitsPerKeyMax ?? unlimited };
  const unitsMax = customerId === undefined ? undefined : bounds?.unitsPerCustomerMax;
  return { who: `customer:${customerId}`, unitsMax: unitsMax ?? unlimited };
}

export function contentOf(order: Pick<CommandOf<"PlaceOrder">, "customerId" | "lines">): string {
  return JSON.stringify([order.customerId ?? "a guest", [...unitsOf(order)]]);
}

/** The shortest that the shop or a product of the cart ever let an order of it be held, between two points. */
export function mostSeconds(
  witness: Witness,
  { lines, holdSecondsMax }: CommandOf<"PlaceOrder">,
  from: number,
  to: number,
): number | undefined {
  const states = lines.flatMap(({ sku }) => witness.productBetween(sku, from, to));
  return shortest([holdSecondsMax, ...states.map(({ policies }) => policies.holdSecondsMax)]);
}

/** What an order to be replaced gives back at each place, by each cart that it has had. */
export function freedBy(witness: Witness, { replaces }: CommandOf<"PlaceOrder">): UnitsAt[] {
  const replaced = replaces === undefined ? undefined : witness.order(replaces);
  return (replaced?.carts ?? []).map(
    ({ lines }) =>
      (sku, place) =>
        unitsIn(lines, sku, place),
  );
}

/** Units per SKU, in order of first mention. */
export function unitsOf({ lines }: Pick<CommandOf<"PlaceOrder">, "lines">): Map<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}
