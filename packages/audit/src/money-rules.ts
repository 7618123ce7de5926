import type { FeedEvent, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

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
