import { type Changes, decide, evolve, type Order } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";

/** Mistakes with what a shop writes on its orders. */
export const detailsBugs: Readonly<Record<string, Planted>> = {
  "a change of an order ignores the version that its caller has seen": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeOrder") return decide(snapshot, command, now);
      const { ifVersion: _ifVersion, ...blind } = command;
      return decide(snapshot, blind, now);
    },
  }),
  "a change of an order is not kept": withRules({
    evolve: (snapshot, event): Changes => {
      if (event.type !== "OrderChanged") return evolve(snapshot, event);
      const before = snapshot.orders.get(event.orderId);
      return before === undefined ? {} : { orders: [{ ...before, version: event.version }] };
    },
  }),
  "an entry of metadata takes the place of all": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ChangeOrder" || decision.kind !== "accepted" || !command.metadata) return decision;
      const kept = Object.entries(command.metadata).filter((entry): entry is [string, string] => entry[1] !== null);
      const metadata = Object.fromEntries(kept);
      return {
        ...decision,
        events: decision.events.map((event) =>
          event.type === "OrderChanged" ? { ...event, metadata, order: { ...event.order, metadata } } : event,
        ),
      };
    },
  }),
  "a replay of an order answers what was written on it since": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "replayed" || command.type !== "PlaceOrder") return decision;
      const { reference, metadata } = snapshot.claims.orders.get(command.claim?.key ?? "") ?? {};
      const written = { ...(reference && { reference }), ...(metadata && { metadata }) };
      const { reference: _reference, metadata: _metadata, ...placed } = decision.subject as Order;
      return { ...decision, subject: { ...placed, ...written } as typeof decision.subject };
    },
  }),
  "what an order was placed with is taken anew from each change": withRules({
    evolve: (snapshot, event): Changes => {
      const changes = evolve(snapshot, event);
      if (event.type !== "OrderChanged") return changes;
      const { reference, metadata } = snapshot.orders.get(event.orderId) ?? {};
      const details = { ...(reference && { reference }), ...(metadata && { metadata }) };
      return { ...changes, orders: [{ ...event.order, first: { details } }] };
    },
  }),
};
