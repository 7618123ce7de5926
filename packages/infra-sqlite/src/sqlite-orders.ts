import type { Order, OrderId, Payment, Read, ShownOrder } from "@holdfast/domain";
import { type OrderFilter, type Paging, paymentKeysIn, shownOrders, type UnreadableOrder } from "@holdfast/engine";
import { entityTables } from "./entity-table.ts";
import { allRows, entityOf, firstRow, type Row } from "./rows.ts";
import type { SqlDatabase } from "./sql-database.ts";
import { asOfOneMoment } from "./transaction.ts";

type Found = (ShownOrder | UnreadableOrder)[];

/** Orders with their payments, each answer from one consistent read. */
export function sqliteOrders(db: SqlDatabase) {
  const orderById = db.prepare(entityTables.orders.byKey);
  const paymentById = db.prepare(entityTables.payments.byKey);

  function shown(read: () => readonly Row[]): Found {
    return asOfOneMoment(db, () => {
      const orders = read().map((row): Read<Order> => entityOf("orders", row));
      const payments = paymentKeysIn(orders).flatMap((key): Read<Payment>[] => {
        const row = firstRow(paymentById, ...entityTables.payments.keyValues(key));
        return row === undefined ? [] : [entityOf("payments", row)];
      });
      return shownOrders(orders, payments);
    });
  }

  return {
    byId: (id: OrderId) => shown(() => allRows(orderById, id)),
    list: (filter: OrderFilter, { limit, after }: Paging<OrderId>) => {
      const { sql, values } = ordersListed(filter, after);
      return shown(() => allRows(db.prepare(sql), ...values, limit));
    },
  };
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
