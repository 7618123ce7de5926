import type { ChangeProduct } from "../commands/change-product.ts";
import type { CreateProduct } from "../commands/create-product.ts";
import type { Sku } from "../ids.ts";
import { actor, adjustmentId, type More } from "./names.ts";

export function create(sku: string, totalStock: number, more: More<CreateProduct> = {}): CreateProduct {
  const usual = {
    type: "CreateProduct",
    actor,
    sku,
    name: `Fine ${sku}`,
    price: { amount: 450, currency: "EUR" },
    totalStock,
    adjustmentId: adjustmentId(`initial-${sku}`),
  };
  return { ...usual, ...more } as CreateProduct;
}

export function change(
  sku: string,
  more: Pick<ChangeProduct, "name" | "price" | "archived" | "policies" | "ifVersion">,
): ChangeProduct {
  return { type: "ChangeProduct", actor, sku: sku as Sku, ...more };
}
