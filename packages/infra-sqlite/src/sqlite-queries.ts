import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type Instant,
  isReadable,
  type JournalEntry,
  type Order,
  type OrderId,
  type Read,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import {
  type FeedEpoch,
  type OrderFilter,
  type Paging,
  type Queries,
  readable,
  readableProduct,
  stockedProduct,
  type UnreadableEntry,
} from "@holdfast/engine";
import { type EntityTable, entityTables } from "./entity-table.ts";
import { isGiven, journalEnd, withoutGaps } from "./journal-positions.ts";
import { allRows, entityOf, entryOf, firstRow, instantOf, type Row } from "./rows.ts";

/**
 * Reservations that are due, and when the next one will be. It names the index: without statistics SQLite would choose the index on the
 * status, and read every active reservation.
 */
export const dueReservations = `SELECT id, expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at <= ? ORDER BY expires_at LIMIT ?`;
export const nextExpiry = `SELECT expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at > ? AND expires_at <= ? ORDER BY expires_at LIMIT 1`;

/** The reads, on the store's own connection: each statement sees all that is committed. */
export function sqliteQueries(db: DatabaseSync, recounts: Queries["recounts"], clock: () => Instant): Queries {
  const { products, levels } = entityTables;
  const productBySku = db.prepare(products.byKey);
  const productsAfter = db.prepare(`SELECT ${products.selected} FROM products WHERE sku > ? ORDER BY sku LIMIT ?`);
  const levelsOf = db.prepare(`SELECT ${levels.selected} FROM levels WHERE sku = ? ORDER BY location_id`);
  const orderById = db.prepare(entityTables.orders.byKey);
  const journalBefore = db.prepare(
    `SELECT id, at, body FROM journal_skus JOIN journal USING (id)
      WHERE sku = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
  );
  const journalByPosition = db.prepare(
    `SELECT position, id, body FROM journal WHERE position > ? AND ${isGiven} ORDER BY position LIMIT ?`,
  );
  const lastPosition = db.prepare(journalEnd);
  const feedEpoch = db.prepare("SELECT value FROM meta WHERE name = 'epoch'");
  const due = db.prepare(dueReservations);
  const next = db.prepare(nextExpiry);
  const stocked = (row: Row) => {
    const sku = row["sku"] as Sku;
    return stockedProduct(
      sku,
      entityOf("products", row),
      allRows(levelsOf, sku).map((level) => entityOf("levels", level)),
    );
  };

  return {
    now: async () => {
      db.prepare("SELECT 1").get();
      return clock();
    },
    product: async (sku) => {
      const row = firstRow(productBySku, sku);
      return row && readableProduct(stocked(row));
    },
    products: async ({ limit, after }) => allRows(productsAfter, after ?? "", limit).map(stocked),
    order: async (id) => {
      const row = firstRow(orderById, id);
      return row && readable(entityOf("orders", row));
    },
    orders: async (filter, paging) => listOrders(db, filter, paging),
    list: sqliteList(db),
    journal: async (sku, { limit, after }) =>
      allRows(journalBefore, sku, after?.at ?? Number.MAX_SAFE_INTEGER, after?.id ?? "", limit).map(listedEntry),
    feed: async ({ limit, after = 0 }) => {
      const end = Number(lastPosition.get()?.["position"]);
      const page = allRows(journalByPosition, after, limit).map((row) => ({
        ...listedEntry(row),
        position: Number(row["position"]),
      }));
      return withoutGaps(page, { after, end, limit });
    },
    feedEnd: async () => ({
      epoch: feedEpoch.get()?.["value"] as FeedEpoch,
      position: Number(lastPosition.get()?.["position"]),
    }),
    dueReservations: async (now, limit) =>
      allRows(due, now, limit).map((row) => ({
        orderId: row["id"] as OrderId,
        expiresAt: instantOf(row["expires_at"]),
      })),
    nextExpiry: async (after, until) => {
      const row = firstRow(next, after, until);
      return row && instantOf(row["expires_at"]);
    },
    recounts,
  };
}

function listedEntry(row: Row): JournalEntry | UnreadableEntry {
  const entry = asInItsColumn(entryOf(row), row["at"]);
  return isReadable(entry) ? entry : { at: instantOf(row["at"] ?? 0), id: entry.id, unreadable: entry };
}

/** A ledger continues from an entry's own time. An entry listed by another time would come again and again. */
function asInItsColumn(entry: Read<JournalEntry>, at: Row[string] | undefined): Read<JournalEntry> {
  if (!isReadable(entry) || at === undefined || at === entry.at) return entry;
  return new Unreadable("journal_entry", entry.id, "at must be that of its column");
}

/** One statement per entity, filter and kind of page. */
function sqliteList(db: DatabaseSync): Queries["list"] {
  const statements = new Map<string, StatementSync>();
  return async (name, filter, { limit, after }) => {
    const { table, selected, keyColumns, fields }: EntityTable = entityTables[name];
    const columns = new Map(fields);
    const given = Object.entries(filter as Readonly<Record<string, string>>);
    const where = [
      ...given.map(([field]) => `${columns.get(field)} = ?`),
      ...(after === undefined ? [] : [`${keyColumns[0]} < ?`]),
    ];
    const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
    const sql = `SELECT ${selected} FROM ${table} ${condition} ORDER BY ${keyColumns[0]} DESC LIMIT ?`;
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    const values = [...given.map(([, value]) => value), ...(after === undefined ? [] : [after]), limit];
    return allRows(statement, ...values).map((row) => entityOf(name, row));
  };
}

function listOrders(db: DatabaseSync, filter: OrderFilter, { limit, after }: Paging<OrderId>): Read<Order>[] {
  const { sql, values } = ordersListed(filter, after);
  return allRows(db.prepare(sql), ...values, limit).map((row) => entityOf("orders", row));
}

/**
 * One statement per combination of filters; each has an index to walk backwards from the newest. Payments that sold
 * nothing are few and come first: SQLite keeps the order of a CROSS JOIN.
 */
export function ordersListed(filter: OrderFilter, after?: OrderId): { sql: string; values: (string | number)[] } {
  const { statuses, reservationStatus, customerId, sku, unsoldOutcome, from, to } = filter;
  const where: string[] = [];
  const values: (string | number)[] = [];
  const narrow = (condition: string, ...bound: readonly (string | number)[]) => {
    where.push(condition);
    values.push(...bound);
  };
  let tables = sku === undefined ? "orders" : "order_lines JOIN orders ON orders.id = order_lines.order_id";
  if (unsoldOutcome !== undefined) tables = `unsold_outcomes CROSS JOIN ${tables}`;
  const id =
    unsoldOutcome !== undefined ? "unsold_outcomes.order_id" : sku !== undefined ? "order_lines.order_id" : "orders.id";
  if (unsoldOutcome !== undefined) where.push(`orders.id = ${id}`);
  if (unsoldOutcome !== undefined && sku !== undefined) where.push(`order_lines.order_id = ${id}`);
  if (unsoldOutcome !== undefined) narrow("unsold_outcomes.outcome = ?", unsoldOutcome);
  if (sku !== undefined) narrow("order_lines.sku = ?", sku);
  if (after !== undefined) narrow(`${id} < ?`, after);
  if (statuses !== undefined) narrow(`orders.status IN (${statuses.map(() => "?").join(", ")})`, ...statuses);
  if (reservationStatus !== undefined) {
    // A body that is not JSON is listed as unreadable: `json_extract` would fail the whole page.
    narrow(
      "iif(json_valid(orders.body), json_extract(orders.body, '$.reservation.status') = ?, TRUE)",
      reservationStatus,
    );
  }
  if (customerId !== undefined) narrow("orders.customer_id = ?", customerId);
  if (from !== undefined) narrow("orders.placed_at >= ?", from);
  if (to !== undefined) narrow("orders.placed_at < ?", to);

  const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
  return {
    sql: `SELECT ${entityTables.orders.selected} FROM ${tables} ${condition} ORDER BY ${id} DESC LIMIT ?`,
    values,
  };
}
