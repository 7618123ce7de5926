import {
  type Changes,
  decide,
  type Event,
  evolve,
  type Order,
  type Snapshot,
  type StoredLevel,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, withOrder, withRules, withStatus } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** Mistakes in the rules for what leaves the shop. */
export const fulfilmentBugs: Readonly<Record<string, Planted>> = {
  "more leaves than was sold": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "FulfilOrder" ? unshipped(snapshot, command) : snapshot, command, now),
    evolve: (snapshot, event) =>
      event.type === "OrderFulfilled"
        ? evolveUnguarded(unshipped(snapshot, event.fulfilment), event)
        : evolve(snapshot, event),
  }),
  "what is not paid for leaves": withRules({
    decide: (snapshot, command, now) =>
      decide(
        command.type === "FulfilOrder" ? withStatus(snapshot, command, "PENDING_PAYMENT", "CONFIRMED") : snapshot,
        command,
        now,
      ),
    evolve: (snapshot, event) => {
      if (event.type !== "OrderFulfilled") return evolve(snapshot, event);
      return evolveUnguarded(withStatus(snapshot, event.fulfilment, "PENDING_PAYMENT", "CONFIRMED"), event);
    },
  }),
  "what has left stays sold": withRules({
    evolve: afterShipping((level, before) => ({
      ...level,
      committedStock: before?.committedStock ?? 0,
    })),
  }),
  "what has left stays there": withRules({
    evolve: afterShipping((level, before) => ({ ...level, totalStock: before?.totalStock ?? 0 })),
  }),
  "an order does not count what has left": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "OrderFulfilled") return changes;
      const before = snapshot.orders.get(event.fulfilment.orderId);
      return {
        ...changes,
        orders: changes.orders?.map((order) => ({ ...order, lines: before?.lines ?? order.lines })) ?? [],
      };
    },
  }),
  "an order is called fulfilled as soon as some of it has left": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "accepted") return decision;
      return { ...decision, events: decision.events.map(asFulfilled) };
    },
  }),
  "a fulfilment does not claim its key": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "FulfilOrder") return decide(snapshot, command, now);
      const { claim: _claim, ...unclaimed } = command;
      return decide(snapshot, unclaimed, now);
    },
  }),
  "goods that leave once they are paid for do not": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ConfirmOrder") return decide(snapshot, command, now);
      const { fulfilmentId: _fulfilmentId, ...sale } = command;
      return decide(snapshot, sale, now);
    },
  }),
  "an order that has left is refused as unpaid": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "nothing_to_fulfil") return decision;
      const { orderId } = decision.failure;
      return { ...decision, failure: { code: "order_not_fulfillable", orderId, status: "CONFIRMED" } };
    },
  }),
};

/** The order of a command or a fulfilment, as if nothing of it had left. */
function unshipped(snapshot: Snapshot, about: object): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined) return snapshot;
  const lines = order.lines.map(({ fulfilledQuantity: _fulfilledQuantity, ...line }): Order["lines"][number] => line);
  return withOrder(snapshot, { ...order, lines });
}

function asFulfilled(event: Event): Event {
  if (event.type !== "OrderFulfilled") return event;
  return { ...event, fulfilment: { ...event.fulfilment, fulfilmentStatus: "FULFILLED" } };
}

/** `evolve` that leaves levels otherwise after a fulfilment. */
function afterShipping(change: (level: StoredLevel, before: StoredLevel | undefined) => StoredLevel): typeof evolve {
  return (snapshot, event): Changes => {
    const changes = evolve(snapshot, event);
    if (event.type !== "OrderFulfilled") return changes;
    const levels = changes.levels?.map((level) =>
      change(level, snapshot.levels.get(`${level.sku}@${level.locationId}`)),
    );
    return { ...changes, ...(levels && { levels }) };
  };
}
