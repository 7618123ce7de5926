import { foldedSku, foldedText, type Sku } from "@holdfast/domain";
import type { SqliteMigration } from "../migrations.ts";
import type { SqlDatabase } from "../sql-database.ts";

const productsAtATime = 5_000;

/** What products are found by, and listed by. Programs that do not know it would write products without. */
export const foundProducts: SqliteMigration = { version: 9, name: "found-products", kind: "replace", run };

function run(db: SqlDatabase): void {
  db.exec(`
ALTER TABLE products ADD COLUMN folded_sku TEXT;
ALTER TABLE products ADD COLUMN folded_name TEXT;
ALTER TABLE products ADD COLUMN created_at INTEGER;
ALTER TABLE products ADD COLUMN archived_at INTEGER;
`);
  const next = db.prepare(`SELECT sku, body FROM products WHERE sku > ? ORDER BY sku LIMIT ${productsAtATime}`);
  const fill = db.prepare(
    "UPDATE products SET folded_sku = ?, folded_name = ?, created_at = ?, archived_at = ? WHERE sku = ?",
  );
  for (let last: string | undefined = ""; last !== undefined; ) {
    const found: Readonly<Record<string, unknown>>[] = next.all(last);
    for (const { sku, body } of found) fill.run(foldedSku(sku as Sku), ...fieldsIn(String(body)), String(sku));
    last = found.at(-1)?.["sku"] as string | undefined;
  }
  db.exec(`
CREATE INDEX products_by_folded_sku ON products (folded_sku);
CREATE INDEX products_by_name ON products (folded_name, sku);
CREATE INDEX products_by_age ON products (created_at, sku);
`);
}

/** Of a product that cannot be read nothing but its SKU. */
function fieldsIn(body: string): [name: string | null, createdAt: number | null, archivedAt: number | null] {
  try {
    const { name, createdAt, archivedAt } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return [typeof name === "string" ? foldedText(name) : null, wholeOf(createdAt), wholeOf(archivedAt)];
  } catch {
    return [null, null, null];
  }
}

function wholeOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}
