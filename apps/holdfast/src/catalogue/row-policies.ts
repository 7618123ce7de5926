import type { Product } from "@holdfast/client";
import type { CatalogueRow } from "./catalogue-row.ts";

type Policies = NonNullable<Product["policies"]>;

/** A row's policies as a request names them. A row without leaves those of its product as they are. */
export function policiesToSend({ policies }: Pick<CatalogueRow, "policies">): { readonly policies?: Policies } {
  if (policies === undefined) return {};
  const { releaseAt, ...others } = policies;
  const said = { ...others, ...(releaseAt !== undefined && { releaseAt: new Date(releaseAt).toISOString() }) };
  return { policies: said as Policies };
}

/** Each policy in which a product differs from its row, as a change takes it. */
export function policyChanges(
  product: Pick<Product, "policies">,
  row: Pick<CatalogueRow, "policies">,
): { readonly policies?: { readonly [P in keyof Policies]?: Policies[P] | null } } {
  const changes = differences(product, row).map(({ name, says }) => [name, says ?? null]);
  return changes.length === 0 ? {} : { policies: Object.fromEntries(changes) };
}

/** The same in words. */
export function policyDifferences(product: Pick<Product, "policies">, row: Pick<CatalogueRow, "policies">): string[] {
  return differences(product, row).map(
    ({ name, has, says }) => `policies.${name}: it is ${wordOf(has)}, the row says ${wordOf(says)}`,
  );
}

function differences({ policies: there = {} }: Pick<Product, "policies">, row: Pick<CatalogueRow, "policies">) {
  const { policies: said } = policiesToSend(row);
  if (said === undefined) return [];
  const names = [...new Set([...Object.keys(there), ...Object.keys(said)])] as (keyof Policies)[];
  return names
    .map((name) => ({ name, has: there[name], says: said[name] }))
    .filter(({ has, says }) => JSON.stringify(has) !== JSON.stringify(says));
}

function wordOf(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
