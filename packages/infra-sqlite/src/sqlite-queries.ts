import {
  assert,
  type EntityName,
  type Instant,
  isReadable,
  type JournalEntry,
  type LocationId,
  type OrderId,
  type OrderStatus,
  plainRead,
  type Read,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import {
  expiriesSearchedMax,
  type FeedEpoch,
  type Queries,
  readableOrder,
  readableProduct,
  stockedProduct,
  type UnreadableEntry,
} from "@holdfast/engine";
import { type EntityTable, entityTables } from "./entity-table.ts";
import { isGiven, journalEnd, withoutGaps } from "./journal-positions.ts";
import { ledgerBefore } from "./ledger-tail.ts";
import { allRows, entityOf, entryOf, firstRow, instantOf, type Row } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";
import { sqliteOrders } from "./sqlite-orders.ts";
import { inactiveLocations, isInactive, sqliteProducts } from "./sqlite-products.ts";
import { tables } from "./tables.ts";

/**
 * Reservations that are due, and when the next one will be. It names the index: without statistics SQLite would choose the index on the
 * status, and read every active reservation.
 */
export const dueReservations = `SELECT id, expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at <= ? ORDER BY expires_at LIMIT ?`;
export const nextExpiry = `SELECT expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at > ? AND expires_at <= ? ORDER BY expires_at LIMIT 1`;
/** The same of one level, among the first few. Each of these is looked up among the lines of the level's SKU. */
export const nextExpiryOf = `SELECT expires_at FROM (SELECT id, expires_at FROM orders INDEXED BY orders_due
    WHERE status = 'PENDING_PAYMENT' AND expires_at > ? ORDER BY expires_at LIMIT ${expiriesSearchedMax}) AS next
  WHERE EXISTS (SELECT 1 FROM order_lines WHERE sku = ? AND order_id = next.id AND location_id = ?)
  ORDER BY expires_at LIMIT 1`;

/** Low levels, by the index of those that have a threshold. `?3`: the location; NULL: any that is active. */
export const lowLevels = `SELECT ${entityTables.levels.selected} FROM levels INDEXED BY levels_watched
  WHERE low_stock_threshold IS NOT NULL AND (sku, location_id) > (?1, ?2) AND iif(?3 IS NULL, location_id NOT IN ${inactiveLocations}, location_id = ?3)
    AND total_stock - ifnull(unsellable_stock, 0) - reserved_stock - committed_stock - safety_stock <= low_stock_threshold
  ORDER BY sku, location_id LIMIT ?4`;
/** The newest orders of a SKU with what each took of a level. */
export const orderedUnits = `SELECT id, status, placed_at, sum(iif(location_id = ?2, quantity, 0)) AS units
  FROM (SELECT order_id, location_id, quantity FROM order_lines WHERE sku = ?1 ORDER BY order_id DESC LIMIT ?3)
  JOIN orders ON id = order_id GROUP BY id ORDER BY id DESC`;

/** The reads, on the store's own connection: each statement sees all that is committed. */
export function sqliteQueries(db: SqlDatabase, recounts: Queries["recounts"], clock: () => Instant): Queries {
  const { products, levels } = entityTables;
  const productBySku = db.prepare(products.byKey);
  const productsAfter = db.prepare(`SELECT ${products.selected} FROM products WHERE sku > ? ORDER BY sku LIMIT ?`);
  const levelsOf = db.prepare(`SELECT ${levels.selected} FROM levels WHERE sku = ? ORDER BY location_id`);
  const shortAfter = db.prepare(
    `SELECT ${levels.selected} FROM levels
      WHERE reserved_stock + committed_stock > total_stock - ifnull(unsellable_stock, 0) AND (sku, location_id) > (?, ?)
      ORDER BY sku, location_id LIMIT ?`,
  );
  const orders = sqliteOrders(db);
  const ledger = db.prepare(ledgerBefore);
  const journalByPosition = db.prepare(
    `SELECT position, id, body FROM journal WHERE position > ? AND ${isGiven} ORDER BY position LIMIT ?`,
  );
  const lastPosition = db.prepare(journalEnd);
  const feedEpoch = db.prepare("SELECT value FROM meta WHERE name = 'epoch'");
  const due = db.prepare(dueReservations);
  const next = db.prepare(nextExpiry);
  const nextOf = db.prepare(nextExpiryOf);
  const low = db.prepare(lowLevels);
  const ordered = db.prepare(orderedUnits);
  const inactive = db.prepare(`SELECT 1 FROM locations WHERE id = ? AND ${isInactive}`);
  const stocked = (rows: readonly Row[]) => {
    const known = new Map<LocationId, boolean>();
    const isActive = (id: LocationId) => {
      const found = known.get(id) ?? firstRow(inactive, id) === undefined;
      known.set(id, found);
      return found;
    };
    return rows.map((row) => {
      const sku = row["sku"] as Sku;
      const its = allRows(levelsOf, sku).map((level) => entityOf("levels", level));
      return stockedProduct(sku, entityOf("products", row), its, isActive);
    });
  };

  return {
    now: async () => {
      db.prepare("SELECT 1").get();
      return clock();
    },
    product: async (sku) => {
      const row = firstRow(productBySku, sku);
      const [found] = stocked(row === undefined ? [] : [row]);
      return found && readableProduct(found);
    },
    products: async ({ limit, after }) => stocked(allRows(productsAfter, after ?? "", limit)),
    findProducts: sqliteProducts(db, stocked),
    order: async (id) => {
      const [found] = orders.byId(id);
      return found && readableOrder(found);
    },
    orders: async (filter, paging) => orders.list(filter, paging),
    list: sqliteList(db),
    journal: async (sku, { limit, after }) =>
      allRows(ledger, sku, after?.at ?? Number.MAX_SAFE_INTEGER, after?.id ?? "", limit).map(listedEntry),
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
    shortLevels: async ({ limit, after }) =>
      allRows(shortAfter, after?.sku ?? "", after?.locationId ?? "", limit).map((row) =>
        plainRead(entityOf("levels", row)),
      ),
    lowLevels: async ({ locationId }, { limit, after }) =>
      allRows(low, after?.sku ?? "", after?.locationId ?? "", locationId ?? null, limit).map((row) =>
        plainRead(entityOf("levels", row)),
      ),
    orderedUnits: async ({ sku, locationId }, limit) =>
      allRows(ordered, sku, locationId, limit).map((row) => ({
        status: row["status"] as OrderStatus,
        placedAt: instantOf(row["placed_at"]),
        units: Number(row["units"]),
      })),
    nextExpiryOf: async ({ sku, locationId }, after) => {
      const row = firstRow(nextOf, after, sku, locationId);
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
function sqliteList(db: SqlDatabase): Queries["list"] {
  const statements = new Map<string, SqlStatement>();
  return async (name, filter, { limit, after }) => {
    const entityTable: EntityTable = entityTables[name];
    const { table, selected, keyColumns, fields } = entityTable;
    const columns = new Map(fields);
    const given = Object.entries(filter as Readonly<Record<string, string | Readonly<Record<string, string>>>>);
    const where = [
      ...given.map(([field, value]) =>
        typeof value === "string" ? `${columns.get(field)} = ?` : hasPart(name, field, Object.keys(value)),
      ),
      ...(after === undefined ? [] : [`(${keyColumns.join(", ")}) < (${keyColumns.map(() => "?").join(", ")})`]),
    ];
    const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
    const order = keyColumns.map((column) => `${column} DESC`).join(", ");
    const sql = `SELECT ${selected} FROM ${table} ${condition} ORDER BY ${order} LIMIT ?`;
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    const values = [
      ...given.flatMap(([, value]) => (typeof value === "string" ? [value] : Object.values(value))),
      ...(after === undefined ? [] : entityTable.keyValues(after)),
      limit,
    ];
    return allRows(statement, ...values).map((row) => entityOf(name, row));
  };
}

/** Whether one of an entity's parts has values in these fields. */
function hasPart(name: EntityName, list: string, fields: readonly string[]): string {
  const { table, keyColumns, parts } = tables[name];
  const part = parts[list];
  assert(part !== undefined, `${name} have no ${list}`);
  const isIts = `${part.table}.${part.owner} = ${table}.${keyColumns[0]}`;
  const where = [isIts, ...fields.map((field) => `${part.table}.${part.columns[field]} = ?`)];
  return `EXISTS (SELECT 1 FROM ${part.table} WHERE ${where.join(" AND ")})`;
}
