import type { DatabaseSync } from "node:sqlite";
import type { Instant, Order, OrderId, Product } from "@holdfast/domain";
import type { FeedEpoch, OrderFilter, Paging, Queries, StockedProduct } from "@holdfast/engine";
import { journalEnd } from "./row-writer.ts";
import { bodyOf, levelOf } from "./rows.ts";

/**
 * Holds that are due, and when the next one will be. By name, since without figures on the table SQLite takes the index on
 * the status for the better one, and goes through every living hold.
 */
export const dueHolds = `SELECT id, expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at <= ? ORDER BY expires_at LIMIT ?`;
export const nextExpiry = `SELECT expires_at FROM orders INDEXED BY orders_due
  WHERE status = 'PENDING_PAYMENT' AND expires_at > ? AND expires_at <= ? ORDER BY expires_at LIMIT 1`;

/** The reads, on the store's own connection: each statement sees all that is committed. */
export function sqliteQueries(db: DatabaseSync, tallies: Queries["tallies"], clock: () => Instant): Queries {
  const productBySku = db.prepare("SELECT body FROM products WHERE sku = ?");
  const productsAfter = db.prepare("SELECT body FROM products WHERE sku > ? ORDER BY sku LIMIT ?");
  const levelsOf = db.prepare("SELECT * FROM levels WHERE sku = ? ORDER BY location_id");
  const orderById = db.prepare("SELECT body FROM orders WHERE id = ?");
  const journalBefore = db.prepare(
    `SELECT journal.body FROM journal_skus JOIN journal USING (id)
      WHERE sku = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
  );
  const journalByPosition = db.prepare(
    "SELECT position, body FROM journal WHERE position > ? ORDER BY position LIMIT ?",
  );
  const lastPosition = db.prepare(journalEnd);
  const feedEpoch = db.prepare("SELECT value FROM meta WHERE name = 'epoch'");
  const due = db.prepare(dueHolds);
  const next = db.prepare(nextExpiry);
  const stocked = (product: Product): StockedProduct => ({ product, levels: levelsOf.all(product.sku).map(levelOf) });

  return {
    now: async () => {
      db.prepare("SELECT 1").get();
      return clock();
    },
    product: async (sku) => {
      const row = productBySku.get(sku);
      return row && stocked(bodyOf("product", row));
    },
    products: async ({ limit, after }) =>
      productsAfter.all(after ?? "", limit).map((row) => stocked(bodyOf("product", row))),
    order: async (id) => {
      const row = orderById.get(id);
      return row && bodyOf("order", row);
    },
    orders: async (filter, paging) => listOrders(db, filter, paging),
    journal: async (sku, { limit, after }) =>
      journalBefore
        .all(sku, after?.at ?? Number.MAX_SAFE_INTEGER, after?.id ?? "", limit)
        .map((row) => bodyOf("journal", row)),
    feed: async ({ limit, after = 0 }) =>
      journalByPosition
        .all(after, limit)
        .map((row) => ({ ...bodyOf("journal", row), position: Number(row["position"]) })),
    feedEnd: async () => ({
      epoch: feedEpoch.get()?.["value"] as FeedEpoch,
      position: Number(lastPosition.get()?.["position"]),
    }),
    dueHolds: async (now, limit) =>
      due.all(now, limit).map((row) => ({ orderId: row["id"] as OrderId, expiresAt: row["expires_at"] as Instant })),
    nextExpiry: async (after, until) => {
      const expiresAt = next.get(after, until)?.["expires_at"];
      return expiresAt === undefined ? undefined : (Number(expiresAt) as Instant);
    },
    tallies,
  };
}

function listOrders(db: DatabaseSync, filter: OrderFilter, { limit, after }: Paging<OrderId>): Order[] {
  const { sql, values } = ordersListed(filter, after);
  return db
    .prepare(sql)
    .all(...values, limit)
    .map((row) => bodyOf("order", row));
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
    narrow("json_extract(orders.body, '$.reservation.status') = ?", reservationStatus);
  }
  if (customerId !== undefined) narrow("orders.customer_id = ?", customerId);
  if (from !== undefined) narrow("orders.placed_at >= ?", from);
  if (to !== undefined) narrow("orders.placed_at < ?", to);

  const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
  return { sql: `SELECT orders.body FROM ${tables} ${condition} ORDER BY ${id} DESC LIMIT ?`, values };
}
