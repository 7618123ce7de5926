import type { OrderId } from "@holdfast/domain";
import type { Attempt } from "../people/reply.ts";
import type { Witness } from "./witness.ts";

/** An account of all money that shoppers reported, kept apart from every event. */
export function* moneyFaults(witness: Witness, attempts: readonly Attempt[]): Iterable<string> {
  const reported = new Map<OrderId, Set<string | undefined>>();
  const refunds = new Map<OrderId, Set<string | undefined>>();
  for (const { command } of attempts) {
    if (command.type !== "ConfirmOrder" && command.type !== "RecordRefund") continue;
    const account = command.type === "ConfirmOrder" ? reported : refunds;
    account.set(command.orderId, (account.get(command.orderId) ?? new Set()).add(command.paymentReference));
  }
  for (const { id, payments } of witness.tables.entities.orders.values()) {
    for (const { reference, outcome } of payments) {
      if (reported.get(id)?.has(reference) !== true) yield `the payment ${reference} of ${id} was never reported`;
      if (outcome === "REFUNDED" && refunds.get(id)?.has(reference) !== true) {
        yield `the payment ${reference} of ${id} was refunded, and no refund was reported`;
      }
    }
    if (new Set(payments.map(({ reference }) => reference)).size !== payments.length) yield `${id} has a payment twice`;
  }
}
