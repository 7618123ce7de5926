// A part of the oracle: the rules of products' policies once more. Derive nothing here from the domain.
import type { Order, ProductPolicies } from "@holdfast/domain";

/** Whether policies allow an order this quantity. */
export function allowsQuantity(policies: ProductPolicies, units: number): boolean {
  const { minimumQuantity, maximumQuantity, quantityMultiple } = policies;
  if (minimumQuantity !== undefined && units < minimumQuantity) return false;
  if (maximumQuantity !== undefined && units > maximumQuantity) return false;
  return quantityMultiple === undefined || Math.floor(units / quantityMultiple) * quantityMultiple === units;
}

/** The shortest length among several; `undefined` where none says one. */
export function shortest(lengths: readonly (number | undefined)[]): number | undefined {
  const said = lengths.filter((length) => length !== undefined).sort((one, other) => one - other);
  return said[0];
}

/** What is wrong with an order that is placed while its products have these policies, in the order of its lines. */
export function* placingFaults(
  { id, lines, placedAt, holdSeconds, holdSecondsMax, reservation }: Order,
  rules: readonly ProductPolicies[],
): Iterable<string> {
  for (const [index, { sku, releaseAt, purchaseWindowSeconds }] of lines.entries()) {
    const policies = rules[index] ?? {};
    const quantity = lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
    if (!allowsQuantity(policies, quantity))
      yield `${id} has ${quantity} ${sku}, which ${JSON.stringify(policies)} forbids`;
    if (purchaseWindowSeconds !== policies.purchaseLimit?.windowSeconds)
      yield `${id} counts ${sku} for ${purchaseWindowSeconds} seconds`;
    const due = (policies.releaseAt ?? 0) > placedAt ? policies.releaseAt : undefined;
    if (releaseAt !== due) yield `${id} says that ${sku} is released at ${releaseAt}, and it is at ${due}`;
  }
  const most = shortest(rules.map((policies) => policies.holdSecondsMax));
  if (holdSecondsMax !== most) yield `${id} may be held for ${holdSecondsMax}, and its products allow ${most}`;
  if (holdSeconds > (most ?? holdSeconds)) yield `${id} is held for longer than its products allow`;
  if (reservation.expiresAt !== placedAt + holdSeconds * 1_000) yield `${id} is not held for ${holdSeconds} seconds`;
}

/** Whether no order could keep all of the policies. */
export function contradicts(policies: ProductPolicies): boolean {
  const {
    purchaseLimit,
    maximumQuantity = purchaseLimit?.quantity,
    holdSeconds = 0,
    holdSecondsMax = holdSeconds,
  } = policies;
  const most = Math.min(maximumQuantity ?? 1_000, purchaseLimit?.quantity ?? 1_000);
  const quantities = Array.from({ length: most }, (_, index) => index + 1);
  return holdSeconds > holdSecondsMax || !quantities.some((units) => allowsQuantity(policies, units));
}

/** Policies in one spelling. */
export function policyWords(policies: ProductPolicies | undefined): string {
  return JSON.stringify(Object.entries(policies ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)));
}
