import type { Answer, HoldfastClient, Problem, Product } from "@holdfast/client";
import { mainLocation } from "@holdfast/domain";
import { type CatalogueRow, keyOf } from "./catalogue-row.ts";
import { policiesToSend, policyChanges, policyDifferences } from "./row-policies.ts";

/** What became of a row, or, in a dry run, what would become of it. */
export type RowOutcome =
  /** The product is there now, with its stock. */
  | { readonly kind: "created" }
  /** It was there; its name, its price or its policies were set to what the row says, and its levels, too, where that is asked for. */
  | { readonly kind: "changed"; readonly says: readonly string[] }
  /** It was there; levels were set to what the row says. */
  | { readonly kind: "counted"; readonly says: readonly string[] }
  /** It was there, just as the row says, or as an earlier run of it made it. */
  | { readonly kind: "same" }
  /** It is there, but not as the row says, and was left as it is. */
  | { readonly kind: "different"; readonly says: readonly string[] }
  /** Holdfast refused it. */
  | { readonly kind: "refused"; readonly says: readonly string[] };

export interface RowOptions {
  /** Whether to set the name, the price and the policies of a product that is there to what its row says. */
  readonly setDetails: boolean;
  /** Whether to set the stock of a product that is there to what its row says. */
  readonly setStock: boolean;
  /** Whether to change nothing, and say what would be done. */
  readonly dryRun: boolean;
}

/** Makes one row true, as far as the options allow. Rejects where Holdfast cannot be reached. */
export async function importRow(client: HoldfastClient, row: CatalogueRow, options: RowOptions): Promise<RowOutcome> {
  if (options.dryRun) {
    const product = await client.products.read(row.sku);
    if (product.ok) return await compare(client, product, row, options);
    return product.code === "product_not_found" ? { kind: "created" } : refused(product);
  }
  const { sku, name, price, stock = {} } = row;
  const { [mainLocation]: main, ...elsewhere } = stock;
  const request = { sku, name, price, ...(main !== undefined && { totalStock: main }), ...policiesToSend(row) };
  const created = await client.products.create(request, { idempotencyKey: keyOf(row, "create") });
  const sets = options.setStock || options.setDetails;
  if (created.code === "product_exists" || (created.ok && created.replayed && sets)) {
    const there = await client.products.read(sku);
    return there.ok ? await compare(client, there, row, options) : refused(there);
  }
  if (!created.ok) return refused(created);
  let isNew = !created.replayed;
  for (const [locationId, units] of Object.entries(elsewhere)) {
    if (units === 0) continue;
    const first = { sku, locationId, delta: units, reason: "restock" } as const;
    const stocked = await client.stock.adjust(first, { idempotencyKey: keyOf(row, `stock ${locationId}`) });
    if (!stocked.ok) return refused(stocked);
    isNew ||= !stocked.replayed;
  }
  return { kind: isNew ? "created" : "same" };
}

/** A product that is there, beside its row. What someone has changed since it was read is left as it is, and the row is refused. */
async function compare(
  client: HoldfastClient,
  { value: product, etag = "*" }: Answer<Product>,
  row: CatalogueRow,
  { setDetails, setStock, dryRun }: RowOptions,
): Promise<RowOutcome> {
  const differs = wordsOfDifference(product, row);
  const changed = setDetails ? differs : [];
  const says = setDetails ? [] : differs;
  const counted: string[] = [];
  if (changed.length > 0 && !dryRun) {
    const { sku, name, price } = row;
    const change = { name, price, ...policyChanges(product, row) };
    const answer = await client.products.change(sku, change, { ifMatch: etag });
    if (!answer.ok) return refused(answer);
  }
  for (const [locationId, units] of Object.entries(row.stock ?? {})) {
    const level = product.levels.find((each) => each.locationId === locationId);
    const there = level?.totalStock ?? 0;
    if (there === units) continue;
    const difference = `stock.${locationId}: it has ${there}, the row says ${units}`;
    if (!setStock) {
      says.push(difference);
      continue;
    }
    counted.push(difference);
    if (dryRun) continue;
    const count = { sku: row.sku, locationId, delta: units - there, reason: "correction" } as const;
    // With the level's version: two runs at once count it once, and a later one counts anew.
    const idempotencyKey = keyOf(row, `count ${locationId} ${level?.version ?? 0}`);
    const adjusted = await client.stock.adjust(count, { idempotencyKey });
    if (!adjusted.ok) return refused(adjusted);
  }
  if (says.length > 0) return { kind: "different", says };
  if (changed.length > 0) return { kind: "changed", says: [...changed, ...counted] };
  return counted.length > 0 ? { kind: "counted", says: counted } : { kind: "same" };
}

function wordsOfDifference(product: Product, row: CatalogueRow): string[] {
  const { name, price } = row;
  const says: string[] = [];
  if (product.name !== name) {
    says.push(`name: it is ${JSON.stringify(product.name)}, the row says ${JSON.stringify(name)}`);
  }
  const { amount, currency } = product.price;
  if (amount !== price.amount || currency !== price.currency) {
    says.push(`price: it is ${amount} ${currency}, the row says ${price.amount} ${price.currency}`);
  }
  return [...says, ...policyDifferences(product, row)];
}

function refused(problem: Problem): RowOutcome {
  return { kind: "refused", says: [`${problem.code}: ${problem.detail ?? problem.title}`] };
}
