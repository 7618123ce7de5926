import { decide, type Event, evolve, type Order, type OrderId, type Snapshot } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { withOrder, withRules } from "./changed-rules.ts";
import { evolveUnguarded, withStock } from "./unguarded.ts";

/** Mistakes in the rules for carts that take the place of an order. */
export const replacementBugs: Readonly<Record<string, Planted>> = {
  "a replaced order keeps its units": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "PlaceOrder" || decision.kind !== "accepted") return decision;
      return { ...decision, events: decision.events.filter(({ type }: Event) => type === "OrderPlaced") };
    },
    evolve: evolveUnguarded,
  }),
  "a cart that replaces an order does not look at the stock": withRules({
    decide: (snapshot, command, now) =>
      decide(replacedBy(command) === undefined ? snapshot : withStock(snapshot, 1_000), command, now),
    evolve: evolveUnguarded,
  }),
  "an order of another customer is replaced": withRules({
    decide: (snapshot, command, now) => {
      const order = replacedIn(snapshot, command);
      if (order === undefined || command.type !== "PlaceOrder") return decide(snapshot, command, now);
      const { customerId: _customerId, ...guests } = order;
      const { customerId } = command;
      return decide(withOrder(snapshot, { ...guests, ...(customerId && { customerId }) }), command, now);
    },
  }),
  "a paid order can be replaced": withRules({
    decide: (snapshot, command, now) => decide(asHeld(snapshot, replacedIn(snapshot, command)), command, now),
    evolve: (snapshot, event) =>
      event.type === "OrderCancelled"
        ? evolveUnguarded(asHeld(snapshot, snapshot.orders.get(event.orderId)), event)
        : evolve(snapshot, event),
  }),
  "a replaced order counts for its shopper beside the new one": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (replacedBy(command) === undefined || decision.kind !== "refused") return decision;
      if (decision.failure.code !== "hold_limit_exceeded") return decision;
      return { ...decision, failure: { ...decision.failure, held: decision.failure.held + 1 } };
    },
  }),
};

function replacedBy(command: object): OrderId | undefined {
  return "replaces" in command ? (command.replaces as OrderId) : undefined;
}

function replacedIn(snapshot: Snapshot, command: object): Order | undefined {
  const id = replacedBy(command);
  return id === undefined ? undefined : snapshot.orders.get(id);
}

/** The order as if it were not paid yet. */
function asHeld(snapshot: Snapshot, order: Order | undefined): Snapshot {
  if (order?.status !== "CONFIRMED") return snapshot;
  const reservation = { ...order.reservation, status: "ACTIVE" as const };
  return withOrder(snapshot, { ...order, status: "PENDING_PAYMENT", reservation });
}
