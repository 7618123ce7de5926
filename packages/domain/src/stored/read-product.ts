import type { Product } from "../product.ts";
import {
  claimKeyIn,
  isClaimIfThere,
  isCount,
  isFields,
  isInstant,
  isMoney,
  isText,
  mustBeCount,
  mustBeInstant,
  mustBeText,
} from "./field-checks.ts";
import { type Read, Unreadable } from "./unreadable.ts";

/** A stored product, by its SKU. One from before products could change has no version: it is the first. */
export function readProduct(sku: string, stored: unknown, claimKey?: string): Read<Product> {
  const fault = productFault(sku, stored);
  if (fault === undefined) return withVersion(stored as Product);
  return new Unreadable("product", sku, fault, claimKey ?? claimKeyIn(stored));
}

function withVersion(product: Product): Product {
  return product.version === undefined ? { ...product, version: 1 } : product;
}

function productFault(sku: string, product: unknown): string | undefined {
  if (!isFields(product)) return "must be a product";
  if (product["sku"] !== sku) return "sku must be that of its key";
  if (product["version"] !== undefined && !isCount(product["version"])) return `version ${mustBeCount}`;
  if (!isText(product["name"])) return `name ${mustBeText}`;
  if (!isMoney(product["price"])) return "price must be an amount and a currency";
  if (!isInstant(product["createdAt"])) return `createdAt ${mustBeInstant}`;
  if (!isCount(product["initialStock"])) return `initialStock ${mustBeCount}`;
  if (!isClaimIfThere(product["claim"])) return "claim must be a key and a fingerprint";
  return undefined;
}
