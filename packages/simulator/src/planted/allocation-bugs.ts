import {
  allocationPolicies,
  type Command,
  decide,
  type Event,
  type Location,
  type Order,
  promisingPlaces,
  type Rules,
  type Snapshot,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, seeing, withOrder, withRules } from "./changed-rules.ts";

/** Mistakes with where orders come from that name no place. */
export const allocationBugs: Readonly<Record<string, Planted>> = {
  "an order is allocated by another policy than its shop's": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "PlaceOrder") return decide(snapshot, command, now);
      const { allocateBy = "priority" } = command;
      const [other = allocateBy] = allocationPolicies.filter((policy) => policy !== allocateBy);
      return decide(snapshot, { ...command, allocateBy: other }, now);
    },
  }),
  "an order is allocated to the places that promise last": withRules({
    decide: seeing("PlaceOrder", (snapshot) =>
      withLocations(snapshot, (location) => ({ ...location, priority: -location.priority })),
    ),
  }),
  "an order is allocated over places that are closed": withRules({
    decide: allocating((snapshot) => withLocations(snapshot, (location) => ({ ...location, active: true }))),
  }),
  "an order that names no place is sold from the first one alone": withRules({
    decide: allocating((snapshot) => {
      const [first] = promisingPlaces(snapshot.locations.values());
      return withLocations(snapshot, (location) => ({ ...location, active: location.id === first }));
    }),
  }),
  "a late payment does not look at other places": withRules({
    decide: (snapshot, command, now) => {
      const order = command.type === "ConfirmOrder" ? orderOf(snapshot, command) : undefined;
      if (order?.allocatedBy === undefined) return decide(snapshot, command, now);
      const { allocatedBy: _allocatedBy, ...bound } = order;
      return decide(withOrder(snapshot, bound), command, now);
    },
  }),
  "an order of several places gives all back at its first": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      return decision.kind === "accepted" ? { ...decision, events: decision.events.map(atFirst) } : decision;
    },
  }),
  "an order does not say that it may be allocated anew": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      return decision.kind === "accepted" ? { ...decision, events: decision.events.map(unallocated) } : decision;
    },
  }),
};

/** `decide` that sees `change` of the state where a cart names no place at all. */
function allocating(change: (snapshot: Snapshot) => Snapshot): Rules["decide"] {
  return (snapshot, command, now) => decide(namesNoPlace(command) ? change(snapshot) : snapshot, command, now);
}

function namesNoPlace(command: Command): boolean {
  if (command.type !== "PlaceOrder" || command.locationId !== undefined) return false;
  return command.lines.every(({ locationId }) => locationId === undefined);
}

function withLocations(snapshot: Snapshot, change: (location: Location) => Location): Snapshot {
  const locations = [...snapshot.locations].map(([id, location]) => [id, change(location)] as const);
  return { ...snapshot, locations: new Map(locations) };
}

function atFirst(event: Event): Event {
  if (event.type !== "OrderExpired") return event;
  const [first] = event.lines;
  if (first?.locationId === undefined) return event;
  const { locationId } = first;
  return { ...event, lines: event.lines.map((line) => ({ ...line, locationId })) };
}

function unallocated(event: Event): Event {
  if (event.type !== "OrderPlaced") return event;
  const { allocatedBy: _allocatedBy, ...order } = event.order;
  return { ...event, order: order satisfies Order };
}
