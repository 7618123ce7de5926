import {
  countsAfter,
  eachOf,
  isReadable,
  type Order,
  type OrderId,
  type Payment,
  type PaymentCounts,
  paymentKey,
  paymentKeysOf,
  paymentOutcomes,
  type Read,
  type ShownOrder,
  shownOrder,
  Unreadable,
} from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { UnreadableOrder } from "./ports/queries.ts";

/** The keys of all payments of orders that were read. */
export function paymentKeysIn(orders: readonly Read<Order>[]): string[] {
  return orders.filter(isReadable).flatMap(paymentKeysOf);
}

/** Orders with their payments, as they are listed. `found`: what a store has found of `paymentKeysIn` them, in any order. */
export function shownOrders(
  orders: readonly Read<Order>[],
  found: readonly Read<Payment>[],
): (ShownOrder | UnreadableOrder)[] {
  const byKey = new Map(found.map((each) => [keyOf(each), each]));
  return orders.map((order) => {
    if (!isReadable(order)) return { id: order.id as OrderId, unreadable: order };
    const keys = paymentKeysOf(order);
    const payments = new Map<string, Payment>();
    for (const each of eachOf(
      "payments",
      keys,
      keys.flatMap((key) => byKey.get(key) ?? []),
    )) {
      if (!isReadable(each)) return { id: order.id, unreadable: each };
      payments.set(keyOf(each), each);
    }
    return agreeing(order, payments);
  });
}

/** A payment that its order does not count, or counts as something else, is money that lists and sums miss. */
function agreeing(order: Order, payments: ReadonlyMap<string, Payment>): ShownOrder | UnreadableOrder {
  const counts = [...payments.values()].reduce(
    (counted: PaymentCounts, { outcome }) => countsAfter(counted, undefined, outcome),
    {},
  );
  if (paymentOutcomes.every((outcome) => counts[outcome] === order.paymentCounts[outcome])) {
    return shownOrder(order, { payments });
  }
  const reason = "paymentCounts must be those of its payments";
  return { id: order.id, unreadable: new Unreadable("order", order.id, reason) };
}

/** Unwraps the read of a single order. Throws `RecordUnreadable`. */
export function readableOrder(found: ShownOrder | UnreadableOrder): ShownOrder {
  if ("unreadable" in found) throw new RecordUnreadable(found.unreadable);
  return found;
}

function keyOf(payment: Read<Payment>): string {
  return payment instanceof Unreadable ? payment.id : paymentKey(payment.orderId, payment.number);
}
