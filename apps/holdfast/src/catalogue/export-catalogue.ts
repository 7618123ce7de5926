import { each, type HoldfastClient, type Product, type Unreadable } from "@holdfast/client";
import type { CatalogueRow } from "./catalogue-row.ts";

/** The largest page of the API. */
const pageLimit = 200;

/** Every product as a line of a catalogue file, page after page. `skip` is called with each that cannot be read. Throws `Refused`. */
export async function* exportCatalogue(
  client: HoldfastClient,
  signal: AbortSignal,
  skip: (record: Unreadable) => void,
): AsyncGenerator<string> {
  for await (const product of each(client.products.list, { limit: pageLimit }, { signal })) {
    if ("unreadable" in product) skip(product);
    else yield `${JSON.stringify(rowOf(product))}\n`;
  }
}

/** A level without units is not in the row: an import would not make it either. */
function rowOf({ sku, name, price, levels, policies }: Product): Record<keyof CatalogueRow, unknown> {
  const there = levels.filter(({ totalStock }) => totalStock > 0);
  const stock = Object.fromEntries(there.map(({ locationId, totalStock }) => [locationId, totalStock]));
  return { sku, name, price, stock: there.length === 0 ? undefined : stock, policies };
}
