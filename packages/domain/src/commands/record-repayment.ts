import type { Claim } from "../claim.ts";
import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, OrderId, RepaymentId } from "../ids.ts";
import type { Repayment } from "../repayment.ts";
import type { Snapshot } from "../snapshot.ts";

/** The shop has given money back for what was cancelled or returned. */
export interface RecordRepayment {
  readonly type: "RecordRepayment";
  readonly actor: Actor;
  readonly repaymentId: RepaymentId;
  readonly orderId: OrderId;
  /** Minor units. Left out: all that is due. */
  readonly amount?: number;
  /** The refund's id at the payment provider. */
  readonly reference?: string;
  readonly claim?: Claim;
}

/** Money goes back in as many steps as the shop wants, until nothing is due, and never more. */
export const recordRepayment: CommandModule<RecordRepayment, "repayments"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  subject: { of: "repayments", keyOf: ({ repaymentId }) => repaymentId },
  decide,
};

function decide({ orders }: Snapshot, command: RecordRepayment, now: Instant): Decision {
  const { orderId, actor, reference, claim } = command;
  const order = orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { refundDue = 0 } = order;
  const { amount = refundDue } = command;
  if (refundDue === 0) return refuse({ code: "nothing_due", orderId });
  if (amount > refundDue) return refuse({ code: "more_than_due", orderId, requested: amount, due: refundDue });
  const repayment: Repayment = {
    id: command.repaymentId,
    orderId,
    amount,
    ...(reference === undefined ? {} : { reference }),
    actor,
    at: now,
    ...(claim && { claim }),
  };
  return accept({ type: "RepaymentRecorded", actor, repayment });
}
