import type { CommandReads } from "./command-module.ts";
import type { FulfilmentStatus, Order } from "./order.ts";
import { paymentKeysOf, paymentsOf, type ReportedPayment, reportOf } from "./payment.ts";
import type { Tables } from "./snapshot.ts";
import { stockOf } from "./stock-of.ts";

/** An order with what belongs to it and is kept apart: what answers show. */
export interface ShownOrder extends Order {
  readonly fulfilmentStatus: FulfilmentStatus;
  /** Every payment that the shop reported, in the order in which they came. At most one of them sold something. */
  readonly payments: readonly ReportedPayment[];
}

export function shownOrder(order: Order, tables: Pick<Tables, "payments">): ShownOrder {
  const payments = paymentsOf(order, tables);
  const { fulfilmentStatus = "NONE" } = order;
  return { ...order, fulfilmentStatus, payments: payments.length === 0 ? payments : payments.map(reportOf) };
}

/** The subject of every command that is about an order. */
export const shownOrderSubject = {
  of: "orders",
  keyOf: ({ orderId }: { readonly orderId: string }) => orderId,
  show: shownOrder,
} as const;

/** What an order that was found leads to: what may move with it, and what its answer shows. */
export function behindOrder(
  { orderId }: { readonly orderId: string },
  { orders }: Pick<Tables, "orders">,
): CommandReads {
  const order = orders.get(orderId);
  return order === undefined ? {} : { ...stockOf(order), payments: paymentKeysOf(order) };
}
