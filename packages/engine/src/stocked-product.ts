import {
  foldedText,
  type LocationId,
  type Product,
  plainLevel,
  type Read,
  type Sku,
  type StockLevel,
  type StoredLevel,
  Unreadable,
} from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { ProductPlace, ProductSort, StockedProduct, UnreadableProduct } from "./ports/queries.ts";

/** A product with its stock, as it is listed. `isActive`: whether a location promises anything new. */
export function stockedProduct(
  sku: Sku,
  product: Read<Product>,
  levels: readonly Read<StoredLevel>[],
  isActive: (locationId: LocationId) => boolean,
): StockedProduct | UnreadableProduct {
  if (product instanceof Unreadable) return { sku, unreadable: product };
  const stocked: StockLevel[] = [];
  for (const level of levels) {
    if (level instanceof Unreadable) return { sku, unreadable: level };
    stocked.push(plainLevel(level));
  }
  const inactive = stocked.map(({ locationId }) => locationId).filter((id) => !isActive(id));
  return { product, levels: stocked, inactive };
}

/** Where a product stands in a list of this order. */
export function productPlaceOf(found: StockedProduct | UnreadableProduct, sort: ProductSort): ProductPlace {
  if ("unreadable" in found) return { value: sort === "sku" ? found.sku : "", sku: found.sku };
  const { sku, name, createdAt } = found.product;
  return { value: { sku, name: foldedText(name), createdAt }[sort], sku };
}

/** Unwraps the read of a single product. Throws `RecordUnreadable`. */
export function readableProduct(found: StockedProduct | UnreadableProduct): StockedProduct {
  if ("unreadable" in found) throw new RecordUnreadable(found.unreadable);
  return found;
}
