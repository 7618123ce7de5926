import { entity } from "./entity-declaration.ts";
import type { Sku } from "./ids.ts";
import { faultOf, text } from "./stored/record-checks.ts";

/** Which product has a SKU in whatever case: a second one that differs by case alone meets it. Made with the product, for ever. */
export interface TakenSku {
  /** `foldedSku` of the product's SKU. */
  readonly folded: string;
  readonly sku: Sku;
}

export const takenSkus = entity<TakenSku>()({
  kind: "taken_sku",
  key: ["folded"],
  guards: [],
  fault: faultOf<TakenSku>("a taken SKU", { folded: text, sku: text }),
  searched: {},
  searchedParts: {},
});
