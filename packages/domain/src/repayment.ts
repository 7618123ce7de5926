import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, Instant, OrderId, RepaymentId } from "./ids.ts";
import type { Order } from "./order.ts";
import { claimIfThere, faultOf, instant, quantity, text, textIfThere } from "./stored/record-checks.ts";

/** Money that went back for units which a paid order has given up. Never edited. */
export interface Repayment {
  readonly id: RepaymentId;
  readonly orderId: OrderId;
  /** Minor units of the order's currency. */
  readonly amount: number;
  /** The refund's id at the payment provider. */
  readonly reference?: string;
  readonly actor: Actor;
  readonly at: Instant;
  readonly claim?: Claim;
}

const fault = faultOf<Repayment>("a repayment", {
  id: text,
  orderId: text,
  amount: quantity,
  reference: textIfThere,
  actor: text,
  at: instant,
  claim: claimIfThere,
});

/** The shop reported that money went back for what was cancelled or returned. Moves no stock. */
export interface RepaymentRecorded {
  readonly type: "RepaymentRecorded";
  readonly actor: Actor;
  readonly repayment: Repayment;
}

const repaymentRecorded: EventRow<RepaymentRecorded> = {
  changes: ({ orders, repayments }, { repayment }) => {
    const order = orders.get(repayment.orderId);
    assert(order !== undefined, `RepaymentRecorded: there is no order ${repayment.orderId}`);
    assert(!repayments.has(repayment.id), `${repayment.id} was made twice`);
    return { orders: [repaidBy(order, repayment)], repayments: [repayment] };
  },
  moves: () => [],
  cause: ({ actor, repayment: { orderId } }) => ({ reason: "repaid", actor, orderId }),
  fault: ({ repayment }) => fault(repayment),
};

/** An order after a repayment. Throws `Bug` where more went back than was due. */
function repaidBy(order: Order, { amount }: Repayment): Order {
  const { version, refundDue = 0, refunded = 0 } = order;
  assert(amount <= refundDue, `${order.id}: more went back than was due`);
  return { ...order, version: version + 1, refundDue: refundDue - amount, refunded: refunded + amount };
}

export const repayments = entity<Repayment>()({
  kind: "repayment",
  key: ["id"],
  guards: [],
  fault,
  searched: { orderId: ({ orderId }) => orderId },
  listedBy: ["orderId"],
  searchedParts: {},
  events: { RepaymentRecorded: repaymentRecorded },
});
