import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, Sku } from "../ids.ts";
import type { Money } from "../money.ts";
import { type Product, ruledBy } from "../product.ts";
import { contradictionIn, type PoliciesChange, policiesAfter, samePolicies } from "../product-policy.ts";
import type { Snapshot } from "../snapshot.ts";

/** Gives a product another name, price or rules of sale, takes it off sale, or puts it back. What is left out stays. */
export interface ChangeProduct {
  readonly type: "ChangeProduct";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly name?: string;
  readonly price?: Money;
  readonly archived?: boolean;
  readonly policies?: PoliciesChange;
  /** The version that the caller has seen. Left out: whichever it is. */
  readonly ifVersion?: number;
}

/**
 * Orders keep the name and price at which they were placed. An archived product is not sold, and what was sold of it goes on as ever. A
 * change that is there already is a repeat, whatever version it names: the first answer may have been lost.
 */
export const changeProduct: CommandModule<ChangeProduct, "products"> = {
  reads: ({ sku }) => ({ products: [sku] }),
  subject: { of: "products", keyOf: ({ sku }) => sku },
  decide,
};

function decide(snapshot: Snapshot, command: ChangeProduct, now: Instant): Decision {
  const { sku, ifVersion, actor } = command;
  const product = snapshot.products.get(sku);
  if (product === undefined) return refuse({ code: "product_not_found", skus: [sku] });
  const after = productAfter(product, command, now);
  if (after === product) return accept();
  const { version, name, price } = after;
  if (ifVersion !== undefined && ifVersion !== product.version)
    return refuse({ code: "product_changed", sku, version: product.version });
  const { policies } = after;
  const contradiction = policies && contradictionIn(policies);
  if (contradiction !== undefined) return refuse({ code: "policies_contradictory", sku, contradiction });
  const archived = after.archivedAt !== undefined;
  const ruled = policies === undefined ? {} : { policies };
  return accept({ type: "ProductChanged", actor, sku, version, name, price, archived, ...ruled, product: after });
}

/** The very same product, where it is as asked. */
function productAfter(product: Product, command: ChangeProduct, now: Instant): Product {
  const { name = product.name, price = product.price, archived = product.archivedAt !== undefined } = command;
  const isArchived = product.archivedAt !== undefined;
  const policies = policiesAfter(product.policies, command.policies ?? {});
  const isRuled = samePolicies(policies, product.policies);
  if (name === product.name && isSame(price, product.price) && archived === isArchived && isRuled) return product;
  const { archivedAt = now, policies: _policies, countsPurchases, ...lasting } = product;
  return {
    ...lasting,
    version: product.version + 1,
    name,
    price,
    first: product.first ?? firstOf(product),
    ...ruledBy(policies, countsPurchases),
    ...(archived && { archivedAt }),
  };
}

function firstOf({ name, price, policies }: Product): NonNullable<Product["first"]> {
  return { name, price, ...(policies && { policies }) };
}

function isSame(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}
