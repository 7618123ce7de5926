import type { RecordRepayment } from "../commands/record-repayment.ts";
import type { GivenUp, ReverseSale } from "../commands/reverse-sale.ts";
import { actor, linesOf, orderId, repaymentId, reversalId } from "./names.ts";

/** Cancels `{ tea: 2 }` of a paid order, or, left out, all that has yet to leave. */
export function cancelSold(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReverseSale, "claim" | "reference"> = {},
): ReverseSale {
  return reversal("CANCELLATION", name, order, cart && givenUp(cart, "CANCELLED"), more);
}

/** `{ tea: 2 }` of an order comes back, to be sold again unless said otherwise; left out, all that has left. */
export function giveBack(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<ReverseSale, "claim" | "reference" | "refund"> & Partial<Pick<GivenUp, "disposition">> = {},
): ReverseSale {
  const { disposition = "RESTOCK", ...rest } = more;
  return reversal("RETURN", name, order, cart && givenUp(cart, disposition), rest);
}

function givenUp(cart: Readonly<Record<string, number>>, disposition: GivenUp["disposition"]): GivenUp[] {
  return linesOf(cart).map((line) => ({ ...line, disposition }));
}

function reversal(
  kind: ReverseSale["kind"],
  name: string,
  order: string,
  lines: readonly GivenUp[] | undefined,
  more: Partial<ReverseSale>,
): ReverseSale {
  return {
    type: "ReverseSale",
    actor,
    reversalId: reversalId(name),
    orderId: orderId(order),
    kind,
    ...(lines && { lines }),
    ...more,
  };
}

/** Pays back an amount, in minor units, for what was cancelled or returned; without one, all that is due. */
export function repay(
  name: string,
  order: string,
  amount?: number,
  more: Pick<RecordRepayment, "claim" | "reference"> = {},
): RecordRepayment {
  return {
    type: "RecordRepayment",
    actor,
    repaymentId: repaymentId(name),
    orderId: orderId(order),
    ...(amount === undefined ? {} : { amount }),
    ...more,
  };
}
