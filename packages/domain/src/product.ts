import type { Claim } from "./claim.ts";
import type { Instant, Sku } from "./ids.ts";
import type { Money } from "./money.ts";

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
