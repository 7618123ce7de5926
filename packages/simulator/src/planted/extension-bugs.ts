import { type Changes, decide, evolve, type Instant, type Order, type Snapshot } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, withOrder, withRules } from "./changed-rules.ts";

/** Mistakes in the rules for reservations that are held longer. */
export const extensionBugs: Readonly<Record<string, Planted>> = {
  "an extended reservation expires at its first end": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ExpireOrder" ? endingAt(snapshot, command, firstEnd) : snapshot, command, now),
  }),
  "a reservation that has run out is extended": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command, command.type === "ExtendOrder" ? (Math.min(now, 0) as Instant) : now),
  }),
  "an extension that was overtaken brings the end nearer": withRules({
    decide: (snapshot, command, now) =>
      decide(
        command.type === "ExtendOrder" ? endingAt(snapshot, command, () => (now + 1) as Instant) : snapshot,
        command,
        now,
      ),
    evolve: (snapshot, event) =>
      evolve(event.type === "OrderExtended" ? endingAt(snapshot, event, () => 0 as Instant) : snapshot, event),
  }),
  "a reservation is extended beyond the shop's bound": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ExtendOrder") return decide(snapshot, command, now);
      const { holdSecondsMax: _holdSecondsMax, ...unbounded } = command;
      return decide(snapshot, unbounded, now);
    },
  }),
  "a reservation is extended for no payment": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command.type === "ExtendOrder" ? { ...command, extendFor: "any" } : command, now),
  }),
  "an extension is refused while the order is held": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "hold_too_long" || command.type !== "ExtendOrder")
        return decision;
      const { orderId } = command;
      return { ...decision, failure: { code: "order_not_extendable", orderId, status: "EXPIRED" } };
    },
  }),
  "an extension is not kept": withRules({
    evolve: (snapshot, event): Changes => {
      const changes = evolve(snapshot, event);
      const before = orderOf(snapshot, event);
      if (event.type !== "OrderExtended" || before === undefined) return changes;
      return { ...changes, orders: [{ ...before, version: before.version + 1 }] };
    },
  }),
};

function firstEnd({ placedAt, holdSeconds }: Order): Instant {
  return (placedAt + holdSeconds * 1_000) as Instant;
}

/** The order of a command or an event, as if its reservation ended at another instant. */
function endingAt(snapshot: Snapshot, about: object, end: (order: Order) => Instant): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined || order.reservation.status !== "ACTIVE") return snapshot;
  return withOrder(snapshot, { ...order, reservation: { ...order.reservation, expiresAt: end(order) } });
}
