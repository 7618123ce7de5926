import { type StockLine, unitsBySku } from "./cart.ts";
import type { Failure } from "./failures.ts";
import type { Instant, OrderId, Sku } from "./ids.ts";
import { latestExpiry } from "./latest-expiry.ts";
import { limits } from "./limits.ts";
import type { Order, OrderLine } from "./order.ts";
import type { PurchaseLimit } from "./purchase-limit.ts";
import type { Tables } from "./snapshot.ts";
import { type Checks, faultOf, ifThere, instant, nested, quantity } from "./stored/record-checks.ts";

/** A product's own rules of sale. Each that is left out sets no bound. */
export interface ProductPolicies {
  /** Units that may be promised beyond what is there, at each place that has stock of it. */
  readonly backorderLimit?: number;
  /** How many units of it one customer may buy within a time. */
  readonly purchaseLimit?: PurchaseLimit;
  /** The fewest and the most units of it in one order. */
  readonly minimumQuantity?: number;
  readonly maximumQuantity?: number;
  /** The quantity in an order must be a multiple of this. */
  readonly quantityMultiple?: number;
  /** A preorder: it is sold before this instant, and leaves from then on. */
  readonly releaseAt?: Instant;
  /** How long an order of it is held that asks for no length of its own. */
  readonly holdSeconds?: number;
  /** The most that an order of it may be held, extensions included. */
  readonly holdSecondsMax?: number;
}

/** Policies to set; `null` takes one away, and what is left out stays. */
export type PoliciesChange = { readonly [P in keyof ProductPolicies]?: ProductPolicies[P] | null };

/** What is wrong with policies as they are stored. */
export const policiesFault = faultOf<ProductPolicies>("policies", {
  backorderLimit: ifThere(quantity),
  purchaseLimit: ifThere(nested(faultOf<PurchaseLimit>("a purchase limit", { quantity, windowSeconds: quantity }))),
  minimumQuantity: ifThere(quantity),
  maximumQuantity: ifThere(quantity),
  quantityMultiple: ifThere(quantity),
  releaseAt: ifThere(instant),
  holdSeconds: ifThere(quantity),
  holdSecondsMax: ifThere(quantity),
} satisfies Checks<ProductPolicies>);

/** Policies after a change; `undefined` where none is left. */
export function policiesAfter(
  before: ProductPolicies | undefined,
  change: PoliciesChange,
): ProductPolicies | undefined {
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null && value !== undefined);
  return all.length === 0 ? undefined : (Object.fromEntries(all) as ProductPolicies);
}

/** Whether two sets of policies say the same. */
export function samePolicies(one: ProductPolicies | undefined, other: ProductPolicies | undefined): boolean {
  return one === other || wordsOf(one) === wordsOf(other);
}

function wordsOf(policies: ProductPolicies = {}): string {
  return JSON.stringify(Object.entries(policies).sort(([one], [another]) => (one < another ? -1 : 1)));
}

/** Why no order could keep all of the policies; `undefined` where some can. */
export function contradictionIn(policies: ProductPolicies): string | undefined {
  const { minimumQuantity = 1, maximumQuantity, quantityMultiple = 1, holdSeconds, holdSecondsMax } = policies;
  const least = Math.ceil(minimumQuantity / quantityMultiple) * quantityMultiple;
  if (maximumQuantity !== undefined && least > maximumQuantity)
    return `no quantity is at least ${minimumQuantity}, at most ${maximumQuantity} and a multiple of ${quantityMultiple}`;
  const { purchaseLimit } = policies;
  if (purchaseLimit !== undefined && least > purchaseLimit.quantity)
    return `an order has at least ${least}, and a customer may have ${purchaseLimit.quantity}`;
  if (holdSeconds !== undefined && holdSecondsMax !== undefined && holdSeconds > holdSecondsMax)
    return `holdSeconds is ${holdSeconds}, and holdSecondsMax ${holdSecondsMax}`;
  return undefined;
}

/** A line whose product is not sold in that quantity, and the rules that say so. */
export interface QuantityBreach
  extends Pick<ProductPolicies, "minimumQuantity" | "maximumQuantity" | "quantityMultiple"> {
  readonly sku: Sku;
  readonly requested: number;
}

/** The length of a reservation that a cart asks for, and the most that its shop allows. */
export interface AskedHold {
  readonly orderId: OrderId;
  readonly holdSeconds: number;
  /** Whether the length is the shop's usual one, and not asked for. */
  readonly isUsualHold?: boolean;
  readonly holdSecondsMax?: number;
}

/** How long an order is held; `holdSecondsMax`: the most that its products allow, where they say so. */
export type AllowedHold = Pick<Order, "holdSeconds" | "holdSecondsMax">;

/**
 * The length of the reservation that the policies of a cart's products allow, or why they do not let the cart be sold. A cart of several products is held as long as the shortest of them.
 */
export function underPolicies(
  { products }: Pick<Tables, "products">,
  cart: readonly StockLine[],
  asked: AskedHold,
  now: Instant,
): AllowedHold | Failure {
  const { holdSeconds: usual, isUsualHold = false } = asked;
  const own: number[] = [];
  const most: number[] = [];
  const breach = quantityFailure({ products }, cart);
  if (breach !== undefined) return breach;
  for (const { sku } of cart) {
    const policies = products.get(sku)?.policies;
    if (policies === undefined) continue;
    if (policies.holdSeconds !== undefined) own.push(policies.holdSeconds);
    if (policies.holdSecondsMax !== undefined) most.push(policies.holdSecondsMax);
  }
  const { holdSecondsMax = limits.holdSecondsMax } = asked;
  const bound = Math.min(holdSecondsMax, ...most);
  const wanted = isUsualHold && own.length > 0 ? Math.min(...own) : usual;
  if (!isUsualHold && wanted > bound) {
    return { code: "hold_too_long", orderId: asked.orderId, latest: latestExpiry(now, { holdSecondsMax: bound }) };
  }
  const capped = most.length === 0 ? {} : { holdSecondsMax: Math.min(...most) };
  return { holdSeconds: Math.min(wanted, bound), ...capped };
}

/** Why products are not sold in the quantities of a cart; `undefined` where they are. */
export function quantityFailure(
  { products }: Pick<Tables, "products">,
  cart: readonly StockLine[],
): Failure | undefined {
  const breaches: QuantityBreach[] = [];
  for (const [sku, requested] of unitsBySku(cart)) {
    const policies = products.get(sku)?.policies;
    if (policies === undefined || !breaks(policies, requested)) continue;
    breaches.push({ sku, requested, ...quantityRulesOf(policies) });
  }
  return breaches.length === 0 ? undefined : { code: "quantity_not_allowed", breaches };
}

function breaks(policies: ProductPolicies, requested: number): boolean {
  const { minimumQuantity = 1, maximumQuantity = requested, quantityMultiple = 1 } = policies;
  return requested < minimumQuantity || requested > maximumQuantity || requested % quantityMultiple !== 0;
}

function quantityRulesOf({ minimumQuantity, maximumQuantity, quantityMultiple }: ProductPolicies) {
  return {
    ...(minimumQuantity !== undefined && { minimumQuantity }),
    ...(maximumQuantity !== undefined && { maximumQuantity }),
    ...(quantityMultiple !== undefined && { quantityMultiple }),
  };
}

/** What a line keeps of its product's release, where that is yet to come. */
export function preordered(policies: ProductPolicies | undefined, now: Instant): Pick<OrderLine, "releaseAt"> {
  const { releaseAt } = policies ?? {};
  return releaseAt === undefined || releaseAt <= now ? {} : { releaseAt };
}

/** Units that were sold before their release, which is yet to come. */
export interface Unreleased {
  readonly sku: Sku;
  readonly releaseAt: Instant;
}

/** The products to look at before units of an order leave: of those that were preordered. Of most orders none. */
export function preordersIn({ lines }: Pick<Order, "lines">): readonly Sku[] {
  return lines.flatMap(({ sku, releaseAt }) => (releaseAt === undefined ? [] : sku));
}

/**
 * Preordered units among some SKUs of an order that may not leave yet. The product's release counts as it is now: a shop may move it, or take it
 * away, and what was ordered without one is free to leave.
 */
export function unreleased(
  { products }: Pick<Tables, "products">,
  { lines }: Pick<Order, "lines">,
  skus: ReadonlySet<Sku>,
  now: Instant,
): Unreleased[] {
  const early = new Map<Sku, Unreleased>();
  for (const { sku, releaseAt: promised } of lines) {
    if (promised === undefined || !skus.has(sku)) continue;
    const product = products.get(sku);
    const releaseAt = product === undefined ? promised : product.policies?.releaseAt;
    if (releaseAt !== undefined && releaseAt > now) early.set(sku, { sku, releaseAt });
  }
  return [...early.values()];
}
