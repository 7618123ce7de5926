import {
  type Command,
  decide,
  decideBatchBy,
  evolve,
  type Order,
  type OrderId,
  type Payment,
  paymentKey,
  type Rules,
  type Snapshot,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";

/** A system with the real rules, except for the given ones. */
export function withRules(rules: Partial<Rules>): Planted {
  const all = { decide, evolve, ...rules };
  return {
    store: (store) => ({
      transact: (transaction) =>
        store.transact({
          ...transaction,
          decide: (snapshot, commands, now) => decideBatchBy(all, snapshot, commands, now),
        }),
    }),
  };
}

/** `decide` that sees `change` of the state for commands of a type. */
export function seeing(type: Command["type"], change: (snapshot: Snapshot) => Snapshot): Rules["decide"] {
  return (snapshot, command, now) => decide(command.type === type ? change(snapshot) : snapshot, command, now);
}

/** The order that a command or an event is about. */
export function orderOf(snapshot: Snapshot, about: object | { readonly orderId: OrderId }): Order | undefined {
  return "orderId" in about ? snapshot.orders.get(about.orderId) : undefined;
}

/** The snapshot with this order in place of the real one. */
export function withOrder(snapshot: Snapshot, order: Order): Snapshot {
  return { ...snapshot, orders: new Map([...snapshot.orders, [order.id, order]]) };
}

/** A snapshot that has these payments in place of the real ones. */
export function withPayments(snapshot: Snapshot, payments: readonly Payment[]): Snapshot {
  const changed = payments.map((payment) => [paymentKey(payment.orderId, payment.number), payment] as const);
  return { ...snapshot, payments: new Map([...snapshot.payments, ...changed]) };
}

/** The order that a command or an event is about, with another status. */
export function withStatus(
  snapshot: Snapshot,
  about: object | { readonly orderId: OrderId },
  from: Order["status"],
  to: Order["status"],
): Snapshot {
  const order = orderOf(snapshot, about);
  return order?.status === from ? withOrder(snapshot, { ...order, status: to }) : snapshot;
}
