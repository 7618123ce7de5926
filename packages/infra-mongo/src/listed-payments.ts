import {
  type Order,
  type OrderId,
  type Payment,
  type PaymentCounts,
  paymentFault,
  paymentKey,
  type Read,
  type ReportedPayment,
  reportOf,
  Unreadable,
  type Writes,
} from "@holdfast/domain";
import type { Document } from "mongodb";
import { type EntityDocument, entityOf } from "./documents.ts";

// Up to step 6 an order's document has its payments in it, as the list `payments`; since then each payment is a document of its own,
// and the order counts them. Programs that know step 5 only read nothing but the list, so every order keeps the form that it has
// until step 7, and new ones are written with the list as long as such programs may be running.

/** An order that was read from a document with its payments in it. */
interface ListingOrder extends Order {
  readonly payments: readonly ReportedPayment[];
}

/** What a document of an order says, whichever its form. */
export interface OrderFound {
  readonly order: Read<Order>;
  /** Those that stand in it. */
  readonly payments: readonly Read<Payment>[];
}

export function orderIn(document: EntityDocument<"orders">): OrderFound {
  const { payments: listed } = document as { readonly payments?: unknown };
  if (!Array.isArray(listed)) return { order: entityOf("orders", document), payments: [] };
  const counted = { ...document, paymentCounts: countsOf(listed as readonly unknown[]) };
  return {
    // It keeps its list: that is how its form is known when it is written.
    order: entityOf("orders", counted),
    payments: listed.map((payment: unknown, index) => listedPayment(document._id, index + 1, payment)),
  };
}

function listedPayment(orderId: OrderId, number: number, payment: unknown): Read<Payment> {
  const fault = paymentFault(payment);
  if (fault !== undefined) return new Unreadable("payment", paymentKey(orderId, number), fault);
  return { orderId, number, ...(payment as ReportedPayment) };
}

/** An outcome that is none makes the counts unreadable, and so the order. */
function countsOf(listed: readonly unknown[]): PaymentCounts {
  const counts: Record<string, number> = {};
  for (const payment of listed) {
    const outcome = String((payment as Partial<ReportedPayment> | null)?.outcome);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** Of a batch: the payments that are written into their orders' documents, by order. Each order of that form has an entry. */
export type ListedPayments = ReadonlyMap<OrderId, readonly Payment[]>;

/** `listsNew`: whether new orders get their payments as a list. */
export function listedPayments(
  { orders, payments }: Pick<Writes, "orders" | "payments">,
  listsNew: boolean,
): ListedPayments {
  const listed = new Map<OrderId, Payment[]>();
  for (const { before, after } of orders) {
    if (before === undefined ? listsNew : isListing(before)) listed.set(after.id, []);
  }
  if (listed.size > 0) for (const { after } of payments) listed.get(after.orderId)?.push(after);
  return listed;
}

function isListing(order: Order | ListingOrder): order is ListingOrder {
  return "payments" in order;
}

/** What a change of payments is in a document that has them in it, in place of new counts. */
export function listChanges(payments: readonly Payment[]): Document {
  return Object.fromEntries(payments.map((payment) => [`payments.${payment.number - 1}`, reportOf(payment)]));
}

/** A new order's document with the payments in it that it has from the batch that made it. */
export function listing(
  { paymentCounts: _counts, ...document }: EntityDocument<"orders">,
  payments: readonly Payment[],
) {
  return { ...document, payments: payments.map(reportOf) };
}
