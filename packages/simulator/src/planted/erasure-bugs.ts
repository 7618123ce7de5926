import { type CustomerId, decide, type Event, evolve } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, withOrder, withRules } from "./changed-rules.ts";

/** Mistakes in erasing customers. */
export const erasureBugs: Readonly<Record<string, Planted>> = {
  "what an erased customer holds is counted under the old id": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      return event.type === "CustomerErased" ? { ...changes, holdings: [] } : changes;
    },
  }),
  "what an erased customer has bought is counted under the old id": withRules({
    evolve: (snapshot, event) => {
      const { purchases, ...changes } = evolve(snapshot, event);
      return event.type === "CustomerErased" || purchases === undefined ? changes : { ...changes, purchases };
    },
  }),
  "what an erased customer has bought counts no more": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "CustomerErased") return changes;
      const purchases = changes.purchases?.map(({ buyer }) => ({ buyer, bought: "" }));
      return purchases === undefined ? changes : { ...changes, purchases };
    },
  }),
  "an order of another customer is erased": withRules({
    decide: (snapshot, command, now) => {
      const order = orderOf(snapshot, command);
      if (command.type !== "EraseCustomer" || order?.customerId === undefined) return decide(snapshot, command, now);
      return decide(snapshot, { ...command, customerId: order.customerId }, now);
    },
  }),
  "only an order that has ended is erased": withRules({
    decide: (snapshot, command, now) => {
      const order = orderOf(snapshot, command);
      if (command.type !== "EraseCustomer" || order?.status !== "PENDING_PAYMENT")
        return decide(snapshot, command, now);
      return { kind: "accepted", events: [] };
    },
  }),
  "an erased customer's id stays with the order": withRules({
    evolve: (snapshot, event) => {
      const { customerId } = orderOf(snapshot, event) ?? {};
      if (event.type !== "CustomerErased" || customerId === undefined) return evolve(snapshot, event);
      return evolve(snapshot, { ...event, customerId });
    },
  }),
  "an erased reservation ends as if it were still the old customer's": withRules({
    evolve: (snapshot, event) => {
      const order = orderOf(snapshot, event);
      const changes = evolve(snapshot, event);
      if (!ends(event) || order?.customerId?.startsWith("erased-") !== true) return changes;
      const asBefore = withOrder(snapshot, { ...order, customerId: "ann" as CustomerId });
      const { holdings = [] } = evolve(asBefore, event);
      return { ...changes, holdings };
    },
  }),
};

function ends({ type }: Event): boolean {
  return type === "OrderConfirmed" || type === "OrderCancelled" || type === "OrderExpired";
}
