import type { Order, OrderLine } from "./order.ts";
import type { Payment } from "./payment.ts";
import type { Repayment } from "./repayment.ts";
import type { Reversal } from "./reversal.ts";

/** A figure of an order's money that differs from what its records come to. Minor units of the order's currency; of `payments` their number. */
export interface MoneyDrift {
  readonly figure: "refundDue" | "refunded" | "sold" | "payments";
  readonly counted: number;
  /** Of `sold` the least that it may be. */
  readonly expected: number;
}

/** What an order's money is added up from. */
export interface MoneyRecords {
  readonly payments: readonly Pick<Payment, "outcome">[];
  readonly reversals: readonly Reversal[];
  readonly repayments: readonly Repayment[];
}

function givenUpQuantity({ cancelledQuantity = 0, returnedQuantity = 0 }: OrderLine): number {
  return cancelledQuantity + returnedQuantity;
}

/** Whether an order has given up units or owes money for some: others have no reversals to be added up. */
export function hasMovedMoney({ lines, refundDue = 0, refunded = 0 }: Order): boolean {
  return refundDue !== 0 || refunded !== 0 || lines.some((line) => givenUpQuantity(line) > 0);
}

/** Whether what was paid for an order is sold, refunded or due back. Empty where it is. */
export function moneyDriftOf(order: Order, { payments, reversals, repayments }: MoneyRecords): MoneyDrift[] {
  const { status, lines, total, refundDue = 0, refunded = 0 } = order;
  const sellers = payments.filter(({ outcome }) => outcome === "ON_TIME" || outcome === "REHELD").length;
  const isSold = status === "CONFIRMED";
  const due = reversals.reduce((sum, each) => sum + each.refundDue, 0);
  const paidBack = repayments.reduce((sum, { amount }) => sum + amount, 0);
  const drift: MoneyDrift[] = [];
  const check = (figure: MoneyDrift["figure"], counted: number, expected: number) => {
    if (counted !== expected) drift.push({ figure, counted, expected });
  };
  check("refundDue", refundDue, due - paidBack);
  check("refunded", refunded, paidBack);
  check("payments", sellers, isSold ? 1 : 0);
  // What comes back without a refund stays paid for, so that more may be left than the other units cost, and never less.
  const worth = lines.reduce((sum, line) => sum + (line.quantity - givenUpQuantity(line)) * line.unitPrice.amount, 0);
  const left = total.amount - refundDue - refunded;
  if (isSold && left < worth) drift.push({ figure: "sold", counted: left, expected: worth });
  return drift;
}
