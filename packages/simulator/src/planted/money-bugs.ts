import {
  type Command,
  type Decision,
  decide,
  evolve,
  type Order,
  type Payment,
  paymentsOf,
  type ReportedPayment,
  reportOf,
  type Snapshot,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, withOrder, withPayments, withRules, withStatus } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** Mistakes in the rules for payments that sell nothing, and for refunds. */
export const moneyBugs: Readonly<Record<string, Planted>> = {
  "a payment after a cancel is dropped": withRules({ decide: forgetting("SurplusPaymentRecorded", "CANCELLED") }),
  "a second payment is dropped": withRules({ decide: forgetting("SurplusPaymentRecorded", "CONFIRMED") }),
  "a second payment is taken for a repeat": withRules({
    decide: (snapshot, command, now) => {
      const order = orderOf(snapshot, command);
      const repeat = command.type === "ConfirmOrder" && order?.status === "CONFIRMED";
      return repeat ? { kind: "accepted", events: [] } : decide(snapshot, command, now);
    },
  }),
  "a second payment overwrites the first": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "SurplusPaymentRecorded") return changes;
      const orders = changes.orders?.map((order) => ({ ...order, paymentCounts: { REFUND_DUE: 1 } })) ?? [];
      return { orders, payments: changes.payments?.map((payment) => ({ ...payment, number: 1 })) ?? [] };
    },
  }),
  "a second payment is sold as well": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "order_already_paid") return decision;
      return decide(unpaid(snapshot, command), command, now);
    },
    evolve: (snapshot, event) =>
      event.type === "OrderConfirmed"
        ? evolveUnguarded(withStatus(snapshot, event, "CONFIRMED", "PENDING_PAYMENT"), event)
        : evolve(snapshot, event),
  }),
  "a repeated payment is recorded once more": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ConfirmOrder" ? otherPayments(snapshot, command) : snapshot, command, now),
    evolve: (snapshot, event) => {
      return evolve(event.type === "SurplusPaymentRecorded" ? otherPayments(snapshot, event) : snapshot, event);
    },
  }),
  "a cancel of an expired order gives its stock back twice": withRules({
    evolve: (snapshot, event) => {
      if (event.type !== "ExpiredOrderCancelled") return evolve(snapshot, event);
      const held = withStatus(snapshot, event, "EXPIRED", "PENDING_PAYMENT");
      return evolveUnguarded(held, { ...event, type: "OrderCancelled" });
    },
  }),
  "a cancel of an expired order is lost": withRules({ decide: forgetting("ExpiredOrderCancelled", "EXPIRED") }),
  "a refund is not recorded": withRules({ decide: forgetting("PaymentRefunded") }),
  "a refund closes the wrong payment": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      const order = orderOf(snapshot, command);
      const payments = order === undefined ? [] : paymentsOf(order, snapshot);
      const due = payments.filter(({ outcome }) => outcome === "REFUND_DUE");
      return withEvents(decision, (event) =>
        event.type === "PaymentRefunded" ? { ...event, payment: asRefunded(due.at(-1), event.payment) } : event,
      );
    },
  }),
  "a payment is refunded twice": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "refunded_otherwise") return decision;
      return { kind: "accepted", events: [] };
    },
  }),
  "a payment is written and not counted": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "SurplusPaymentRecorded") return changes;
      const { paymentCounts = {} } = snapshot.orders.get(event.orderId) ?? {};
      return { ...changes, orders: changes.orders?.map((order) => ({ ...order, paymentCounts })) ?? [] };
    },
  }),
  "a payment is counted and not written": withRules({
    evolve: (snapshot, event) => {
      const { payments: _payments, ...changes } = evolve(snapshot, event);
      return changes;
    },
  }),
  "a refund is written and not counted": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "PaymentRefunded") return changes;
      const { paymentCounts = {} } = snapshot.orders.get(event.orderId) ?? {};
      return { ...changes, orders: changes.orders?.map((order) => ({ ...order, paymentCounts })) ?? [] };
    },
  }),
  "a refusal does not show the order": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      return decision.kind === "refused" ? { ...decision, recorded: false } : decision;
    },
  }),
};

/** `decide` that drops an event when the order is in a status. */
function forgetting(type: string, status?: Order["status"]): typeof decide {
  return (snapshot, command, now) => {
    const decision = decide(snapshot, command, now);
    if (decision.kind === "replayed") return decision;
    if (status !== undefined && orderOf(snapshot, command)?.status !== status) return decision;
    return { ...decision, events: decision.events.filter((event) => event.type !== type) };
  };
}

type Events = Exclude<Decision, { kind: "replayed" }>["events"];

function withEvents(decision: Decision, change: (event: Events[number]) => Events[number]): Decision {
  return decision.kind === "replayed" ? decision : { ...decision, events: decision.events.map(change) };
}

/** Another payment with this one's outcome. */
function asRefunded(payment: Payment | undefined, { outcome, refund }: ReportedPayment): ReportedPayment {
  if (payment === undefined || refund === undefined) throw new Error("a refund is of a payment that was due");
  return { ...reportOf(payment), outcome, refund };
}

/** The order of a command, as if its reservation were still active and it had no payment. */
function unpaid(snapshot: Snapshot, command: Command): Snapshot {
  const order = orderOf(snapshot, command);
  if (order === undefined) return snapshot;
  const reservation = { ...order.reservation, expiresAt: Number.POSITIVE_INFINITY as typeof order.placedAt };
  return withOrder(snapshot, { ...order, status: "PENDING_PAYMENT", paymentCounts: {}, reservation });
}

/** The order of a command or event, with payments that are never taken for repeats. */
function otherPayments(snapshot: Snapshot, about: object): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined || order.status === "FAILED") return snapshot;
  const others = paymentsOf(order, snapshot).map((payment) => ({ ...payment, reference: `not ${payment.reference}` }));
  return withPayments(snapshot, others);
}
