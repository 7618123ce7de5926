import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, Sku } from "../ids.ts";
import type { Money } from "../money.ts";
import type { Product } from "../product.ts";
import type { Snapshot } from "../snapshot.ts";

/** Gives a product another name or price, takes it off sale, or puts it back. What is left out stays. */
export interface ChangeProduct {
  readonly type: "ChangeProduct";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly name?: string;
  readonly price?: Money;
  readonly archived?: boolean;
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
  const archived = after.archivedAt !== undefined;
  return accept({ type: "ProductChanged", actor, sku, version, name, price, archived, product: after });
}

/** The very same product, where it is as asked. */
function productAfter(product: Product, command: ChangeProduct, now: Instant): Product {
  const { name = product.name, price = product.price, archived = product.archivedAt !== undefined } = command;
  const isArchived = product.archivedAt !== undefined;
  if (name === product.name && isSame(price, product.price) && archived === isArchived) return product;
  const { archivedAt = now, ...lasting } = product;
  return {
    ...lasting,
    version: product.version + 1,
    name,
    price,
    first: product.first ?? { name: product.name, price: product.price },
    ...(archived && { archivedAt }),
  };
}

function isSame(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}
