import { expect } from "vitest";
import type { TestShop } from "../test-shop.ts";
import { exportCatalogue } from "./export-catalogue.ts";
import { type ImportOptions, importCatalogue, type RowNote } from "./import-catalogue.ts";
import type { Line } from "./read-lines.ts";

/** Of each row that `row` makes. */
export const price = { amount: 650, currency: "EUR" };

/** A line of a file: a product, with its stock by place. */
export function row(sku: string, stock?: Record<string, number>, name = `The ${sku}`): string {
  return JSON.stringify({ sku, name, price, ...(stock && { stock }) });
}

async function* lines(texts: Iterable<string>): AsyncGenerator<Line> {
  let line = 0;
  for (const text of texts) {
    line += 1;
    yield { line, text };
  }
}

/** An import without an option. */
export const defaults: ImportOptions = {
  atOnceMax: 8,
  setDetails: false,
  setStock: false,
  dryRun: false,
  stopOnError: false,
  signal: new AbortController().signal,
};

/** Imports a file of these lines; gives the counts that are not 0, and what was said of each row. */
export async function importLines(
  shop: TestShop | undefined,
  texts: Iterable<string>,
  options: Partial<ImportOptions> = {},
) {
  const notes: RowNote[] = [];
  const all = await importCatalogue(lines(texts), shop?.client, { ...defaults, ...options }, (note) =>
    notes.push(note),
  );
  const counts = Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
  const said = notes.flatMap(({ line, kind, says }) => says.map((each) => `${line} ${kind} ${each}`));
  return { counts, said };
}

/** The lines of an export. */
export async function exported(shop: TestShop): Promise<string[]> {
  const read = exportCatalogue(shop.client, defaults.signal, () => expect.unreachable("all can be read"));
  return (await Array.fromAsync(read)).map((line) => line.trim());
}

/** Opens places beside `main`. */
export async function openPlaces({ client }: TestShop, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await client.locations.create({ id, name: id });
}
