import type { FeedEvent, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

/** By order id, what its shopper is owed and has got back: what was answered of cancellations, returns and repayments. */
export type ReportedMoney = ReadonlyMap<string, { readonly due: number; readonly refunded: number }>;

/** Compares what orders give back with what their shoppers were answered. `reported` is undefined if that was not counted. */
export function reportedMoneyBreaches(orders: readonly Order[], reported: ReportedMoney | undefined): Breach[] {
  if (reported === undefined) return [];
  return orders.flatMap(({ id, refundDue = 0, refunded = 0 }): Breach[] => {
    const { due = 0, refunded: gotBack = 0 } = reported.get(id) ?? {};
    if (refundDue === due && refunded === gotBack) return [];
    const says = `${id} says ${refundDue} due and ${refunded} refunded, and its shopper was answered ${due} and ${gotBack}`;
    return [{ rule: "money", says }];
  });
}

/** Minor units of all orders together, whatever their currencies: the audited ones have one. */
export interface MoneySums {
  /** What every payment was: a payment is of its order's total. */
  readonly paid: number;
  /** What the units cost that were neither cancelled nor returned, by the prices on their lines. */
  readonly sold: number;
  readonly refunded: number;
  /** What has to go back, that of a payment under review included. */
  readonly due: number;
}

/** Adds up the money of orders. Where every return is refunded, what was paid is sold, refunded or due. */
export function moneySums(orders: readonly Order[]): MoneySums {
  const sums = { paid: 0, sold: 0, refunded: 0, due: 0 };
  for (const order of orders) {
    const { payments, total, refundDue = 0, refunded = 0 } = order;
    const paidIn = (...outcomes: readonly string[]) =>
      total.amount * payments.filter(({ outcome }) => outcomes.includes(outcome)).length;
    sums.paid += total.amount * payments.length;
    sums.sold += soldWorth(order);
    sums.refunded += refunded + paidIn("REFUNDED");
    sums.due += refundDue + paidIn("REFUND_DUE", "REVIEW_DUE");
  }
  return sums;
}

/** What an order's events make of the money for what was cancelled or returned. */
interface MoneyByEvents {
  due: number;
  refunded: number;
}

/**
 * Checks that what was paid for an order is sold, refunded or due back: as the order says, as its cancellations, returns and repayments
 * in the feed add up to, and as its lines cost. `feed` is undefined where it was not read.
 */
export function moneyBreaches(orders: readonly Order[], feed: readonly FeedEvent[] | undefined): Breach[] {
  const byEvents = feed && moneyIn(feed);
  return orders.flatMap((order): Breach[] => {
    const { id, refundDue = 0, refunded = 0, total } = order;
    const said = { due: refundDue, refunded };
    const { due, refunded: wentBack } = byEvents === undefined ? said : (byEvents.get(id) ?? { due: 0, refunded: 0 });
    const faults: string[] = [];
    if (refundDue !== due || refunded !== wentBack)
      faults.push(`says ${refundDue} due and ${refunded} refunded, and its events ${due} and ${wentBack}`);
    const sold = total.amount - refundDue - refunded;
    if (refundDue < 0 || sold < soldWorth(order))
      faults.push(`has ${sold} left of ${total.amount} for what is still sold`);
    return faults.map((fault) => ({ rule: "money", says: `${id} ${fault}` }));
  });
}

function moneyIn(feed: readonly FeedEvent[]): Map<string, MoneyByEvents> {
  const byEvents = new Map<string, MoneyByEvents>();
  const add = (id: string, due: number, refunded: number) => {
    const money = byEvents.get(id) ?? { due: 0, refunded: 0 };
    byEvents.set(id, { due: money.due + due, refunded: money.refunded + refunded });
  };
  for (const event of feed) {
    if (event.type === "SaleReversed") add(event.reversal.orderId, event.reversal.refundDue, 0);
    if (event.type === "RepaymentRecorded")
      add(event.repayment.orderId, -event.repayment.amount, event.repayment.amount);
  }
  return byEvents;
}

/** What the units that a sale has not given up cost: what came back without a refund is still paid for. */
function soldWorth({ status, lines }: Order): number {
  if (status !== "CONFIRMED") return 0;
  return lines.reduce((sum, { quantity, cancelledQuantity = 0, returnedQuantity = 0, unitPrice }) => {
    return sum + (quantity - cancelledQuantity - returnedQuantity) * unitPrice.amount;
  }, 0);
}
