import {
  type CommandOf,
  type FulfilmentId,
  type LatePaymentPolicy,
  latePaymentPolicies,
  type OrderId,
  type Quantity,
} from "@holdfast/domain";
import { keptPayments } from "../checks/kept-payments.ts";
import { type LedgerLine, type LedgerOrder, unitsIn } from "../checks/ledger-order.ts";
import { sellableIn } from "../checks/level-book.ts";
import { leastTogether } from "../checks/sold-out.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Reply } from "../people/reply.ts";
import { type CommandModel, shopKey } from "./command-model.ts";

/** How an order is paid: by card, each payment with its own reference, or by transfer, without one. */
export const payments = ["card", "card", "card", "other card", "transfer"] as const;
export type PaidBy = (typeof payments)[number];

const dueCodes: Readonly<Record<string, LatePaymentPolicy | undefined>> = {
  late_payment_refund_due: "refund",
  late_payment_review_due: "review",
};

export const confirmOrderModel: CommandModel<CommandOf<"ConfirmOrder">> = {
  occasions: [
    { when: "ordered", weight: () => 4, ask: payInSomeWay },
    { when: "later", chance: () => 0.2, ask: (person, id) => pay(person, id, person.world.random.pick(payments)) },
  ],
  *replyFaults(witness, answered) {
    const { command, reply, from } = answered;
    const { orderId } = command;
    const paidFrom = witness.paidFrom(orderId, from);
    if (reply.kind !== "ok" && reply.kind !== "refused") {
      yield* witness.brokenEnd(answered);
      return;
    }
    const code = reply.kind === "ok" ? "ok" : reply.failure.code;
    const due = dueCodes[code];
    if (code === "order_not_found") {
      yield* witness.noOrder(orderId, from);
      return;
    }
    if (code === "ok") yield* witness.ended(orderId, "CONFIRMED");
    else if (code === "order_not_confirmable") yield* witness.ended(orderId, "CANCELLED");
    else if (code === "order_already_paid") yield* witness.ended(orderId, "CONFIRMED", "FAILED");
    else if (due !== undefined) yield* lateFaults(witness, answered, due, paidFrom);
    else yield* unexpected("ConfirmOrder", reply);
    yield* recordedFaults(witness, answered, code);
  },
  *historyFaults(witness, requests) {
    yield* moneyFaults(witness, requests);
    yield* policyFaults(witness, requests);
    yield* atOnceFaults(witness, requests);
  },
  sequence: {
    share: 0.1,
    draw: ({ random, orderId, id }) => ({
      ...confirmOrder(orderId, random.pick(latePaymentPolicies), random.pick(payments)),
      ...atOnce(random.chance(0.2), id),
    }),
  },
};

/** Pays once, twice, or by two cards at once. */
async function payInSomeWay(person: Person, id: OrderId): Promise<void> {
  const ways: readonly (readonly PaidBy[])[] = [["card"], ["card"], ["card", "card"], ["card", "other card"]];
  await Promise.all(person.world.random.pick(ways).map((by) => pay(person, id, by)));
}

/** Reports a payment to a process that has one of the shop's settings. */
export function pay(person: Person, id: OrderId, by: PaidBy = "card"): Promise<Reply> {
  const { random, crowd } = person.world;
  return person.ask((newId) => ({
    ...confirmOrder(id, random.pick(crowd.latePayment), by),
    ...atOnce(random.pick(crowd.fulfilAtOnce), newId),
  }));
}

/** The part of a sale where goods leave once they are paid for. The end of the id marks such a fulfilment. */
export function atOnce(isSo: boolean, newId: string): { fulfilmentId?: FulfilmentId } {
  return isSo ? { fulfilmentId: `ful_${newId}-sold` as FulfilmentId } : {};
}

export function confirmOrder(orderId: OrderId, latePayment: LatePaymentPolicy, by: PaidBy): CommandOf<"ConfirmOrder"> {
  return { type: "ConfirmOrder", actor: shopKey, orderId, ...referenceOf(orderId, by), latePayment };
}

export function referenceOf(orderId: OrderId, by: PaidBy): { paymentReference?: string } {
  return by === "transfer" ? {} : { paymentReference: `${by}-${orderId.slice(-6)}` };
}

/** What is wrong with the answer that a payment came too late. */
function* lateFaults(
  witness: Witness,
  { command: { orderId }, from, to }: Answered<CommandOf<"ConfirmOrder">>,
  due: LatePaymentPolicy,
  paidFrom: number,
): Iterable<string> {
  const order = witness.order(orderId);
  // A review may have ended since, in either way.
  const sold = due === "review" && witness.order(orderId)?.reviewed?.decision === "SELL";
  yield* witness.ended(orderId, sold ? "CONFIRMED" : "FAILED");
  if (due === "review" && !witness.wasUnderReview(orderId, from, to)) yield `${orderId} was not under review`;
  // Perhaps an earlier attempt, whose reply was lost, found it short.
  // Where they were then: a review that sold them since may have taken them elsewhere.
  const lines = order?.carts.at(-1)?.lines;
  const short = lines?.some((line) => witness.lacked(line, line.locationId, paidFrom, to));
  const mayMove = order?.allocatedBy !== undefined;
  const isShort = short === true && (!mayMove || lackedTogether(witness, lines ?? [], paidFrom, to));
  // Or its customer has bought as much as a product allows meanwhile.
  const limited = order?.lines.some(({ purchaseWindowSeconds }) => purchaseWindowSeconds !== undefined);
  if (!isShort && limited !== true) yield `${orderId} was paid late and refused while its stock was free`;
}

/** Whether an order could be allocated nowhere at some point between two, or had more promised to it than there was. */
function lackedTogether(witness: Witness, lines: readonly LedgerLine[], from: number, to: number): boolean {
  const overpromised = { quantity: 0 as Quantity };
  if (lines.some((line) => witness.lacked({ ...line, ...overpromised }, line.locationId, from, to))) return true;
  for (const { sku, backorderedQuantity } of lines) {
    const limits = backorderedQuantity === undefined ? [0] : witness.owesBetween(sku, from, to);
    if (limits.some((limit) => leastTogether(witness, sku, from, to, limit) < unitsIn(lines, sku))) return true;
  }
  return false;
}

/** Checks that every answered payment is on the order as it was reported, and that a refusal shows it. */
function* recordedFaults(
  witness: Witness,
  { command, reply }: Answered<CommandOf<"ConfirmOrder">>,
  code: string,
): Iterable<string> {
  const { orderId, paymentReference } = command;
  const kept = witness.payments(orderId);
  const named = kept.filter(({ reference }) => reference === paymentReference);
  if (paymentReference !== undefined && named.length !== 1) {
    yield `the payment ${paymentReference} was reported, and ${orderId} has it ${named.length} times`;
  }
  if (kept.length === 0) yield `a payment was reported, and ${orderId} has none`;
  const [payment] = named;
  if (payment === undefined) return;
  const sold = payment.outcome === "ON_TIME" || payment.outcome === "REHELD";
  const soldSince = code === "late_payment_review_due";
  if (paymentReference !== undefined && sold !== (code === "ok") && !(sold && soldSince)) {
    yield `the payment ${paymentReference} of ${orderId} was answered ${code}, and is ${payment.outcome}`;
  }
  if (reply.kind !== "refused") return;
  const shown = reply.subject !== undefined && "payments" in reply.subject ? reply.subject.payments : [];
  if (!shown.some(({ reference }) => paymentReference === undefined || reference === paymentReference)) {
    yield `${orderId} was refused ${paymentReference}, and not shown with it`;
  }
}

/** All money that shoppers reported, kept independently of the events. */
function* moneyFaults({ tables }: Witness, requests: readonly CommandOf<"ConfirmOrder">[]): Iterable<string> {
  const reported = valuesByOrder(requests, ({ paymentReference }) => paymentReference);
  for (const [id, kept] of keptPayments(tables)) {
    for (const { reference } of kept) {
      if (reported.get(id)?.has(reference) !== true) yield `the payment ${reference} of ${id} was never reported`;
    }
    if (new Set(kept.map(({ reference }) => reference)).size !== kept.length) yield `${id} has a payment twice`;
  }
}

/** Late payments whose outcome no confirm has asked for. */
function* policyFaults(witness: Witness, requests: readonly CommandOf<"ConfirmOrder">[]): Iterable<string> {
  const asked = valuesByOrder(requests, ({ latePayment }) => latePayment);
  for (const { id } of witness.tables.entities.orders.values()) {
    const policy = witness.order(id)?.late;
    if (policy !== undefined && asked.get(id)?.has(policy) !== true) yield `no confirm asked for a ${policy} of ${id}`;
  }
}

/** Orders that were sold where goods leave at once, and have not left. */
function* atOnceFaults(witness: Witness, requests: readonly CommandOf<"ConfirmOrder">[]): Iterable<string> {
  const asked = valuesByOrder(requests, ({ fulfilmentId }) => fulfilmentId !== undefined);
  for (const [id, answers] of asked) {
    // A process that is not so configured yet may have sold it, as a person may have after a review.
    if (answers.has(false) || witness.order(id)?.reviewed !== undefined) continue;
    const order = witness.order(id);
    if (order?.soldFrom === undefined || wasLow(witness, order)) continue;
    // A preorder leaves later.
    if (order.lines.some(({ releaseAt }) => releaseAt !== undefined)) continue;
    const left = order.lines.every(({ sku }) => witness.shipped(id, sku) === unitsIn(order.lines, sku));
    if (!left) yield `${id} was sold where goods leave at once, and has not left`;
  }
}

/** Whether a level counted fewer units than were to leave when they were sold: one does whose loss was booked, or that was edited. */
function wasLow(witness: Witness, { lines, soldFrom = 0 }: LedgerOrder): boolean {
  return lines.some(({ sku, locationId, quantity }) =>
    witness.levelBetween(sku, locationId, soldFrom - 1, soldFrom).some(({ counted }) => sellableIn(counted) < quantity),
  );
}

/** What requests said about each order. */
export function valuesByOrder<C extends { readonly orderId: OrderId }, Value>(
  requests: readonly C[],
  pick: (request: C) => Value,
): Map<OrderId, Set<Value>> {
  const values = new Map<OrderId, Set<Value>>();
  for (const request of requests) {
    values.set(request.orderId, (values.get(request.orderId) ?? new Set()).add(pick(request)));
  }
  return values;
}
