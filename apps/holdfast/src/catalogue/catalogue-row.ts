import { createHash } from "node:crypto";
import { productRequestSchema, stockAdjustmentRequestSchema } from "@holdfast/http-contract";
import { z } from "zod";

const { sku, name, price, totalStock, policies } = productRequestSchema.shape;
const { locationId } = stockAdjustmentRequestSchema.shape;

/** A line of a catalogue file: a product, its units at each place, and its own rules of sale. */
export const catalogueRowSchema = z.strictObject({
  sku,
  name,
  price,
  stock: z.record(locationId.unwrap(), totalStock.unwrap()).optional(),
  policies,
});

export type CatalogueRow = z.infer<typeof catalogueRowSchema>;

/** A row with the number of its line, which begins with 1. */
export interface NumberedRow {
  readonly line: number;
  readonly row: CatalogueRow;
}

/** What is wrong with a line, in words that name the field. */
export interface FaultyLine {
  readonly line: number;
  readonly faults: readonly string[];
}

/** Reads one line. It may be anything. */
export function readRow(line: number, text: string): NumberedRow | FaultyLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { line, faults: ["it is not JSON"] };
  }
  const checked = catalogueRowSchema.safeParse(parsed);
  if (checked.success) return { line, row: checked.data };
  return { line, faults: checked.error.issues.flatMap(wordsOf) };
}

function wordsOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.length === 0 ? "" : `${issue.path.map(String).join(".")}: `;
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => `${at}${message}`);
  return [`${at}${issue.message}`];
}

/**
 * The idempotency key of a row's step. The same row gives the same key, so that a second run of a file does nothing twice; another
 * row gives another one.
 */
export function keyOf(row: CatalogueRow, step: string): string {
  const stock = Object.entries(row.stock ?? {}).sort(byName);
  const rules = row.policies === undefined ? [] : Object.entries(row.policies).sort(byName);
  const said = JSON.stringify([row.sku, row.name, row.price.amount, row.price.currency, stock, step, ...rules]);
  return `import-${createHash("sha256").update(said).digest("base64url")}`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
