import type { Claim, CommandOf, OrderId, RepaymentId } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type RecordRepayment = CommandOf<"RecordRepayment">;
type Asked = Body<RecordRepayment> & Pick<RecordRepayment, "orderId">;

export const recordRepaymentModel: CommandModel<RecordRepayment> = {
  occasions: [{ when: "later", chance: (order) => (order?.refundDue === undefined ? 0.05 : 0.8), ask: repay }],
  *replyFaults(witness, { command, reply, from, to }) {
    const { repaymentId, orderId, amount, claim } = command;
    const { repayments } = witness.tables.entities;
    const money = witness.order(orderId)?.money ?? [];
    /** What was due at some point between request and reply. */
    const dues = [
      money.findLast(({ at }) => at <= from)?.due ?? 0,
      ...money.filter(({ at }) => at > from && at <= to).map(({ due }) => due),
    ];
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? repayments.get(reply.subject.id as RepaymentId) : undefined;
      if (kept?.orderId !== orderId || (amount !== undefined && kept.amount !== amount))
        yield `${repaymentId} was acknowledged and is not there as asked`;
    } else if (reply.kind === "not_written") {
      if (repayments.has(repaymentId)) yield `${repaymentId} was called not written, and is`;
    } else if (reply.kind === "refused" && reply.failure.code === "order_not_found") {
      yield* witness.noOrder(orderId, from);
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("repayments", claim);
    } else if (reply.kind === "refused" && reply.failure.code === "nothing_due") {
      if (!dues.includes(0)) yield `${repaymentId} was refused as if nothing were due`;
    } else if (reply.kind === "refused" && reply.failure.code === "more_than_due") {
      const { due, requested } = reply.failure;
      if (requested <= due || !dues.includes(due)) yield `${repaymentId} was refused as if ${due} were due`;
    } else yield* unexpected("RecordRepayment", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Map(requests.map((request) => [request.repaymentId, request]));
    for (const { id, orderId, amount } of tables.entities.repayments.values()) {
      const request = asked.get(id);
      if (request?.orderId !== orderId || (request.amount ?? amount) !== amount)
        yield `${id} is not as it was asked for`;
    }
  },
  sequence: {
    share: 0.03,
    draw: ({ random, id, orderId, claim }) =>
      recordRepayment({ orderId, ...(random.chance(0.5) && { amount: random.between(1, 900) }) }, id, claim),
  },
};

/** Pays all that is due back, or some of it, or too much. */
async function repay(person: Person, id: OrderId): Promise<void> {
  const { random, database } = person.world;
  for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) {
    const { refundDue = 0 } = database.tables.entities.orders.get(id) ?? {};
    const body = () => ({
      orderId: id,
      ...(random.chance(0.6) && { amount: random.between(1, refundDue + random.pick([0, 0, 1])) || 1 }),
    });
    await person.askUnderKey(body, recordRepayment);
  }
}

function recordRepayment(body: Asked, id: string, claim?: Claim): RecordRepayment {
  const repaymentId = `rep_${id}` as RepaymentId;
  return { type: "RecordRepayment", actor: shopKey, ...body, repaymentId, ...(claim && { claim }) };
}
