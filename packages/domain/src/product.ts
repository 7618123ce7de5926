import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import { type Actor, type Instant, mainLocation, type Sku } from "./ids.ts";
import type { Money } from "./money.ts";
import { type ProductPolicies, policiesFault } from "./product-policy.ts";
import { foldedSku, foldedText } from "./sku.ts";
import { emptyLevel, levelKey } from "./stock-level.ts";
import {
  boolean,
  claimIfThere,
  count,
  countIfThere,
  faultOf,
  ifThere,
  instant,
  money,
  nested,
  text,
} from "./stored/record-checks.ts";

/** What a shop sells. Its stock is counted per location, in stock levels. */
export interface Product {
  readonly sku: Sku;
  /** 1 when created; one more at each change. */
  readonly version: number;
  readonly name: string;
  readonly price: Money;
  readonly createdAt: Instant;
  /** Units it was created with at `main`: what a replay of its creation answers. */
  readonly initialStock: number;
  /** Whether `main` was closed then, so that none of them could be promised: the same. Left out: it was open. */
  readonly initiallyInactive?: boolean;
  /** What it was created with, once that has changed: what a replay of its creation answers. */
  readonly first?: Pick<Product, "name" | "price" | "policies">;
  /** Since when it is archived: not sold, and otherwise as ever. Left out: it is sold. */
  readonly archivedAt?: Instant;
  /** Its own rules of sale. Left out: it has none. */
  readonly policies?: ProductPolicies;
  /** Whether it limits purchases, or has done so before: there may be some that were counted. Left out: there are none. */
  readonly countsPurchases?: boolean;
  readonly claim?: Claim;
}

/** A product as it was created. */
export function asCreated(product: Product): Product {
  const { first, archivedAt: _archivedAt, policies, countsPurchases: _counts, claim, ...lasting } = product;
  const { policies: ruled, ...called } = first ?? { ...(policies && { policies }) };
  return { ...lasting, version: 1, ...called, ...ruledBy(ruled), ...(claim && { claim }) };
}

/** Policies as a product keeps them. */
export function ruledBy(
  policies: ProductPolicies | undefined,
  countsPurchases = false,
): Pick<Product, "policies" | "countsPurchases"> {
  const counts = countsPurchases || policies?.purchaseLimit !== undefined;
  return { ...(policies && { policies }), ...(counts && { countsPurchases: true }) };
}

export interface ProductChanged {
  readonly type: "ProductChanged";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly version: number;
  readonly name: string;
  readonly price: Money;
  readonly archived: boolean;
  /** Left out: it has none. */
  readonly policies?: ProductPolicies;
  readonly product: Product;
}

export interface ProductCreated {
  readonly type: "ProductCreated";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly product: Product;
}

const productCreated: EventRow<ProductCreated, "product"> = {
  leftOut: "product",
  changes: ({ products, levels, takenSkus }, { sku, product }) => {
    assert(!products.has(sku), `${sku} was created twice`);
    const folded = foldedSku(sku);
    assert(!takenSkus.has(folded), `${sku} was created in another case`);
    const isHeld = levels.has(levelKey(sku, mainLocation));
    return {
      products: [product],
      levels: isHeld ? [] : [emptyLevel(sku, mainLocation)],
      takenSkus: [{ folded, sku }],
    };
  },
  moves: () => [],
  cause: ({ actor }) => ({ reason: "created", actor }),
  fault: ({ sku }) => text(sku, "sku"),
};

const changeFault = faultOf<Omit<ProductChanged, "type" | "actor" | "product">>("a change of a product", {
  sku: text,
  version: count,
  name: text,
  price: money,
  archived: boolean,
  policies: ifThere(nested(policiesFault)),
});

const productChanged: EventRow<ProductChanged, "product"> = {
  leftOut: "product",
  changes: ({ products }, { sku, product }) => {
    const before = products.get(sku);
    assert(before?.version === product.version - 1, `${sku} follows on no version ${product.version - 1}`);
    return { products: [product] };
  },
  moves: () => [],
  cause: ({ actor }) => ({ reason: "changed", actor }),
  fault: changeFault,
};

export const products = entity<Product>()({
  kind: "product",
  key: ["sku"],
  guards: ["version"],
  fault: faultOf<Product>("a product", {
    sku: text,
    version: countIfThere,
    name: text,
    price: money,
    createdAt: instant,
    initialStock: count,
    initiallyInactive: ifThere(boolean),
    first: ifThere(
      nested(
        faultOf<Pick<Product, "name" | "price" | "policies">>("a name and a price", {
          name: text,
          price: money,
          policies: ifThere(nested(policiesFault)),
        }),
      ),
    ),
    archivedAt: ifThere(instant),
    policies: ifThere(nested(policiesFault)),
    countsPurchases: ifThere(boolean),
    claim: claimIfThere,
  }),
  // One from before products could change has no version: it is the first.
  upcast: (product) => (product.version === undefined ? { ...product, version: 1 } : product),
  searched: {
    foldedSku: ({ sku }) => foldedSku(sku),
    foldedName: ({ name }) => foldedText(name),
    createdAt: ({ createdAt }) => createdAt,
    archivedAt: ({ archivedAt }) => archivedAt,
  },
  searchedParts: {},
  events: { ProductCreated: productCreated, ProductChanged: productChanged },
});
