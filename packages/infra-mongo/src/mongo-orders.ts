import type { Order, OrderId, Payment, Read, ShownOrder } from "@holdfast/domain";
import { paymentKeysIn, shownOrders, type UnreadableOrder } from "@holdfast/engine";
import type { ClientSession, FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import { type EntityDocument, entityOf } from "./documents.ts";
import { inOwnTransaction } from "./in-own-transaction.ts";
import { orderIn } from "./listed-payments.ts";
import { reached } from "./reached.ts";

/** A snapshot that is read for longer fails, before it weighs on the server's cache. */
const snapshotMsMax = 5_000;

type Found = readonly (ShownOrder | UnreadableOrder)[];

/**
 * Documents of orders as orders with their payments, in the same order.
 *
 * Payments are read after their orders, without isolation, which costs writers nothing. Where they are not what their order counts, a
 * write may have come in between: those orders are read again inside one snapshot, and only that is reported.
 */
export async function ordersIn(
  collections: Collections,
  documents: readonly EntityDocument<"orders">[],
  options: FindOptions,
): Promise<Found> {
  const found = await withPayments(collections, documents, options);
  const doubtful = found.filter((order) => "unreadable" in order).map(({ id }) => id);
  if (doubtful.length === 0) return found;
  const again = await reached(
    inOwnTransaction(collections.client, snapshotMsMax, (session) => ordersInSession(collections, doubtful, session)),
  );
  const byId = new Map(again.map((order) => [order.id, order]));
  return found.map((order) => byId.get(order.id) ?? order);
}

async function ordersInSession(
  collections: Collections,
  ids: readonly OrderId[],
  session: ClientSession,
): Promise<Found> {
  const documents = await collections.orders.find({ _id: { $in: [...ids] } }, { session }).toArray();
  return withPayments(collections, documents, { session });
}

async function withPayments(
  { payments }: Collections,
  documents: readonly EntityDocument<"orders">[],
  options: FindOptions,
): Promise<Found> {
  const orders: Read<Order>[] = [];
  const listed: Read<Payment>[] = [];
  const apart: Read<Order>[] = [];
  for (const document of documents) {
    const found = orderIn(document);
    orders.push(found.order);
    if (found.payments.length > 0) listed.push(...found.payments);
    else apart.push(found.order);
  }
  const keys = paymentKeysIn(apart);
  const stored = keys.length === 0 ? [] : await payments.find({ _id: { $in: keys } }, options).toArray();
  return shownOrders(orders, [...listed, ...stored.map((document) => entityOf("payments", document))]);
}
