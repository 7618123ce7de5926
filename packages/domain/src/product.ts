import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import { type Actor, type Instant, mainLocation, type Sku } from "./ids.ts";
import type { Money } from "./money.ts";
import { foldedSku } from "./sku.ts";
import { emptyLevel, levelKey } from "./stock-level.ts";
import { claimIfThere, count, countIfThere, faultOf, instant, money, text } from "./stored/record-checks.ts";

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
  readonly claim?: Claim;
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
    claim: claimIfThere,
  }),
  // One from before products could change has no version: it is the first.
  upcast: (product) => (product.version === undefined ? { ...product, version: 1 } : product),
  searched: {},
  searchedParts: {},
  events: { ProductCreated: productCreated },
});
