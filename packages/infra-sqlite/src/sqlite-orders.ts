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

/** Rows that say by what an order is found. In each table those of one value are in order of the order's id. */
interface Finder {
  readonly table: string;
  readonly condition: string;
  readonly values: readonly string[];
}

/** What is asked for by a table beside that of orders, the fewest orders first. */
function findersOf({ paymentReference, metadata, unsoldOutcome, sku }: OrderFilter): Finder[] {
  const found: Finder[] = [];
  const by = (table: string, condition: string, ...values: readonly string[]) =>
    found.push({ table, condition, values });
  if (paymentReference !== undefined) by("payments", "payments.reference = ?", paymentReference);
  if (metadata !== undefined)
    by("order_metadata", "order_metadata.name = ? AND order_metadata.value = ?", metadata.name, metadata.value);
  if (unsoldOutcome !== undefined) by("unsold_outcomes", "unsold_outcomes.outcome = ?", unsoldOutcome);
  if (sku !== undefined) by("order_lines", "order_lines.sku = ?", sku);
  return found;
}

/**
 * One statement per combination of filters; each has an index to walk backwards from the newest. What finds the fewest orders comes first:
 * SQLite keeps the order of a CROSS JOIN, and uses no index for a column behind a `+`.
 */
export function ordersListed(filter: OrderFilter, after?: OrderId): { sql: string; values: (string | number)[] } {
  const { statuses, reservationStatus, customerId, reference, from, to } = filter;
  const where: string[] = [];
  const values: (string | number)[] = [];
  const narrow = (condition: string, ...bound: readonly (string | number)[]) => {
    where.push(condition);
    values.push(...bound);
  };
  const finders = findersOf(filter);
  // A reference finds fewer than all but a payment's. The others are looked up order by order then.
  const isByReference = reference !== undefined && filter.paymentReference === undefined;
  const [first, ...others] = isByReference ? [undefined, ...finders] : finders;
  const tables = first === undefined ? "orders" : `${first.table} CROSS JOIN orders`;
  const id = first === undefined ? "orders.id" : `${first.table}.order_id`;
  if (first !== undefined) narrow(`orders.id = ${id} AND ${first.condition}`, ...first.values);
  for (const { table, condition, values: bound } of others.filter((each) => each !== undefined))
    narrow(`EXISTS (SELECT 1 FROM ${table} WHERE ${condition} AND order_id = orders.id)`, ...bound);
  if (after !== undefined) narrow(`${id} < ?`, after);
  const unused = first !== undefined || isByReference ? "+" : "";
  if (reference !== undefined) narrow(`${isByReference ? "" : "+"}orders.reference = ?`, reference);
  if (statuses !== undefined) narrow(`${unused}orders.status IN (${statuses.map(() => "?").join(", ")})`, ...statuses);
  if (reservationStatus !== undefined) {
    // A body that is not JSON is listed as unreadable: `json_extract` would fail the whole page.
    narrow(
      "iif(json_valid(orders.body), json_extract(orders.body, '$.reservation.status') = ?, TRUE)",
      reservationStatus,
    );
  }
  if (customerId !== undefined) narrow(`${unused}orders.customer_id = ?`, customerId);
  if (from !== undefined) narrow("orders.placed_at >= ?", from);
  if (to !== undefined) narrow("orders.placed_at < ?", to);

  const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
  // An order may have a SKU from several places.
  const once = filter.sku === undefined ? "" : `GROUP BY ${id}`;
  return {
    sql: `SELECT ${entityTables.orders.selected} FROM ${tables} ${condition} ${once} ORDER BY ${id} DESC LIMIT ?`,
    values,
  };
}
