import type { SQLInputValue } from "node:sqlite";
import { foldedText } from "@holdfast/domain";
import type { Paging, ProductPlace, ProductSearch, ProductSort, Queries } from "@holdfast/engine";
import { entityTables } from "./entity-table.ts";
import { allRows, type Row } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";

const columns: { readonly [S in ProductSort]: string } = { sku: "sku", name: "folded_name", createdAt: "created_at" };

/** Behind every text that begins with a prefix: no text of ours has this character. */
const lastCharacter = "\u{10ffff}";

/** Whether a location promises nothing new. One that cannot be read does not either. */
export const isInactive = "(CASE WHEN json_valid(body) THEN json_extract(body, '$.active') END) IS NOT 1";

/** The locations that promise nothing new, few if any, which SQLite lists once a statement. Each that has a level is there. */
export const inactiveLocations = `(SELECT id FROM locations WHERE ${isInactive})`;

/** What can be promised of a product's levels, where each of them may owe so much. A level that owes units takes nothing from the others. */
function promisable(limit: string): string {
  return `(SELECT coalesce(sum(max(0, total_stock - reserved_stock - committed_stock - safety_stock
      - ifnull(unsellable_stock, 0) + ${limit})), 0)
    FROM levels WHERE levels.sku = products.sku AND location_id NOT IN ${inactiveLocations})`;
}

const available = promisable("0");

/** The same with what each of its levels may owe. A product that cannot be read owes nothing. */
const orderable = promisable(`CASE WHEN json_valid(products.body)
  THEN ifnull(json_extract(products.body, '$.policies.backorderLimit'), 0) ELSE 0 END`);

/** Searches for products. One statement for each kind of search. */
export function sqliteProducts<Found>(
  db: SqlDatabase,
  stocked: (rows: readonly Row[]) => Found[],
): (...asked: Parameters<Queries["findProducts"]>) => Promise<Found[]> {
  const statements = new Map<string, SqlStatement>();
  return async (search, paging) => {
    const { sql, values } = statementOf(search, paging);
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return stocked(allRows(statement, ...values));
  };
}

function statementOf(
  { startsWith, skus, archived, sort, descending, ...search }: ProductSearch,
  { limit, after }: Paging<ProductPlace>,
): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  const where: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...given: readonly SQLInputValue[]) => {
    where.push(condition);
    values.push(...given);
  };
  if (startsWith !== undefined) {
    const from = foldedText(startsWith);
    const to = from + lastCharacter;
    add("(folded_sku >= ? AND folded_sku < ? OR folded_name >= ? AND folded_name < ?)", from, to, from, to);
  }
  if (skus !== undefined) add("sku IN (SELECT value FROM json_each(?))", JSON.stringify(skus));
  if (archived !== undefined) add(`archived_at IS ${archived ? "NOT " : ""}NULL`);
  for (const [units, range] of [
    [available, search.available],
    [orderable, search.orderable],
  ] as const) {
    if (range?.min !== undefined) add(`${units} >= ?`, range.min);
    if (range?.max !== undefined) add(`${units} <= ?`, range.max);
  }
  const order = sort === "sku" ? ["sku"] : [columns[sort], "sku"];
  if (after !== undefined) {
    const place = sort === "sku" ? [after.sku] : [after.value, after.sku];
    add(`(${order.join(", ")}) ${descending ? "<" : ">"} (${order.map(() => "?").join(", ")})`, ...place);
  }
  const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
  const direction = descending ? "DESC" : "ASC";
  const sql = `SELECT ${entityTables.products.selected} FROM products ${condition}
    ORDER BY ${order.map((column) => `${column} ${direction}`).join(", ")} LIMIT ?`;
  return { sql, values: [...values, limit] };
}
