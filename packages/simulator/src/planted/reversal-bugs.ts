import { type Command, decide, type Event, evolve, type Order, type Reversal, type Snapshot } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, withOrder, withRules } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** Mistakes in the rules for what is cancelled after the sale, what comes back, and the money for it. */
export const reversalBugs: Readonly<Record<string, Planted>> = {
  "more is cancelled than has yet to leave": withRules({
    decide: (snapshot, command, now) =>
      decide(
        isOf(command, "CANCELLATION")
          ? forgetting(snapshot, command, "fulfilledQuantity", "cancelledQuantity")
          : snapshot,
        command,
        now,
      ),
    evolve: (snapshot, event) =>
      event.type === "SaleReversed" && event.reversal.kind === "CANCELLATION"
        ? evolveUnguarded(forgetting(snapshot, event.reversal, "fulfilledQuantity", "cancelledQuantity"), event)
        : evolve(snapshot, event),
  }),
  "more comes back than has left": withRules({
    decide: (snapshot, command, now) =>
      decide(isOf(command, "RETURN") ? forgetting(snapshot, command, "returnedQuantity") : snapshot, command, now),
    evolve: (snapshot, event) =>
      event.type === "SaleReversed" && event.reversal.kind === "RETURN"
        ? evolve(forgetting(snapshot, event.reversal, "returnedQuantity"), event)
        : evolve(snapshot, event),
  }),
  "what is cancelled stays sold": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "SaleReversed" || event.reversal.kind !== "CANCELLATION") return changes;
      const levels = changes.levels?.map((level) => {
        const { committedStock = 0 } = snapshot.levels.get(`${level.sku}@${level.locationId}`) ?? {};
        return { ...level, committedStock };
      });
      return { ...changes, ...(levels && { levels }) };
    },
  }),
  "what is discarded is sold again": withRules({
    decide: reversing((reversal) => ({
      ...reversal,
      lines: reversal.lines.map((line) =>
        line.disposition === "DISCARD" ? { ...line, disposition: "RESTOCK" } : line,
      ),
    })),
  }),
  "all that the order cost is due back for a part of it": withRules({
    decide: reversing((reversal, order) => ({ ...reversal, refundDue: reversal.refundDue && order.total.amount })),
  }),
  "a cancel makes nothing due back": withRules({
    decide: reversing((reversal) => (reversal.kind === "CANCELLATION" ? { ...reversal, refundDue: 0 } : reversal)),
  }),
  "a refund that is due is not counted on its order": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "SaleReversed") return changes;
      const { refundDue = 0 } = snapshot.orders.get(event.reversal.orderId) ?? {};
      return { ...changes, orders: changes.orders?.map((order) => ({ ...order, refundDue })) ?? [] };
    },
  }),
  "more money goes back than is due": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "RecordRepayment" ? owing(snapshot, command) : snapshot, command, now),
    evolve: (snapshot, event) =>
      evolve(event.type === "RepaymentRecorded" ? owing(snapshot, event.repayment) : snapshot, event),
  }),
  "money that went back stays due": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "RepaymentRecorded") return changes;
      const { refundDue = 0 } = snapshot.orders.get(event.repayment.orderId) ?? {};
      return { ...changes, orders: changes.orders?.map((order) => ({ ...order, refundDue })) ?? [] };
    },
  }),
  "a reversal does not claim its key": withRules({ decide: unclaimed("ReverseSale") }),
  "a repayment does not claim its key": withRules({ decide: unclaimed("RecordRepayment") }),
};

function isOf(command: Command, kind: Reversal["kind"]): boolean {
  return command.type === "ReverseSale" && command.kind === kind;
}

/** The order of a command or a reversal, as if it had never counted some of its units. */
function forgetting(
  snapshot: Snapshot,
  about: object,
  ...counts: readonly ("fulfilledQuantity" | "cancelledQuantity" | "returnedQuantity")[]
): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined) return snapshot;
  const none = Object.fromEntries(counts.map((count) => [count, 0]));
  return withOrder(snapshot, { ...order, lines: order.lines.map((line) => ({ ...line, ...none })) });
}

/** The order of a command or a repayment, as if much more were due back. */
function owing(snapshot: Snapshot, about: object): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined || order.status !== "CONFIRMED") return snapshot;
  return withOrder(snapshot, { ...order, refundDue: (order.refundDue ?? 0) + 1_000_000 });
}

/** `decide` that makes other reversals than asked for. */
function reversing(change: (reversal: Reversal, order: Order) => Reversal): typeof decide {
  return (snapshot, command, now) => {
    const decision = decide(snapshot, command, now);
    const order = orderOf(snapshot, command);
    if (decision.kind !== "accepted" || order === undefined) return decision;
    const events = decision.events.map(
      (event): Event => (event.type === "SaleReversed" ? { ...event, reversal: change(event.reversal, order) } : event),
    );
    return { ...decision, events };
  };
}

function unclaimed(type: "ReverseSale" | "RecordRepayment"): typeof decide {
  return (snapshot, command, now) => {
    if (command.type !== type) return decide(snapshot, command, now);
    const { claim: _claim, ...rest } = command;
    return decide(snapshot, rest, now);
  };
}
