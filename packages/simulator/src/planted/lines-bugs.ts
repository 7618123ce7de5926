import {
  availableStock,
  type Changes,
  decide,
  type Event,
  evolve,
  type Instant,
  levelKey,
  type Order,
  type Snapshot,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";
import { evolveUnguarded, withStock } from "./unguarded.ts";

type LinesChanged = Extract<Event, { type: "OrderLinesChanged" }>;

/** Rules that make another order of each change of lines. */
function changing(change: (order: Order, snapshot: Snapshot) => Order): Planted {
  return withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ChangeLines" || decision.kind !== "accepted") return decision;
      const events = decision.events.map((event): Event => {
        if (event.type !== "OrderLinesChanged") return event;
        const order = change(event.order, snapshot);
        return { ...event, total: order.total, order } satisfies LinesChanged;
      });
      return { ...decision, events };
    },
  });
}

type PlacedCart = NonNullable<NonNullable<Order["first"]>["cart"]>;

/** What an order was placed with, as it keeps it once its lines change. */
function cartOf({ first, locationId, lines, allocatedBy, total }: Order): PlacedCart {
  const where = locationId === undefined ? {} : { locationId };
  return first?.cart ?? { ...where, lines, ...(allocatedBy !== undefined && { allocatedBy }), total };
}

/** Mistakes with the lines of an order that is changed. */
export const linesBugs: Readonly<Record<string, Planted>> = {
  "other lines of an order do not look at the stock": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ChangeLines" ? withStock(snapshot, 1_000) : snapshot, command, now),
    evolve: evolveUnguarded,
  }),
  "what an order holds is not free for its own other lines": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ChangeLines" || decision.kind !== "accepted") return decision;
      const locationId = snapshot.orders.get(command.orderId)?.locationId;
      const short = command.lines.flatMap(({ sku, quantity }) => {
        const level = locationId && snapshot.levels.get(levelKey(sku, locationId));
        const available = level ? Math.max(0, availableStock(level)) : 0;
        return locationId && available < quantity ? [{ sku, locationId, requested: quantity, available }] : [];
      });
      if (short.length === 0 || decision.events.length === 0) return decision;
      return {
        kind: "refused",
        recorded: false,
        events: [],
        failure: { code: "insufficient_stock", shortfalls: short },
      } as never;
    },
  }),
  "a line that stays gets the price of now": changing((order, { products }) => {
    const lines = order.lines.map((line) => ({ ...line, unitPrice: products.get(line.sku)?.price ?? line.unitPrice }));
    const amount = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
    return { ...order, lines, total: { ...order.total, amount } };
  }),
  "an order with other lines keeps its total": changing((order, { orders }) => ({
    ...order,
    total: orders.get(order.id)?.total ?? order.total,
  })),
  "an order that has run out gets other lines": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command, command.type === "ChangeLines" ? (Math.min(now, 0) as Instant) : now),
  }),
  "no bound applies to other lines": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLines") return decide(snapshot, command, now);
      const { bounds: _bounds, ...unbounded } = command;
      return decide(snapshot, unbounded, now);
    },
  }),
  "other lines ignore the version that their caller has seen": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLines") return decide(snapshot, command, now);
      const { ifVersion: _ifVersion, ...blind } = command;
      return decide(snapshot, blind, now);
    },
  }),
  "a replay of an order answers the lines that it has now": withRules({
    evolve: (snapshot, event): Changes => {
      if (event.type !== "OrderLinesChanged") return evolve(snapshot, event);
      const { first: { cart: _cart, ...first } = {}, ...order } = event.order;
      return evolve(snapshot, { ...event, order: { ...order, first } });
    },
  }),
  "other lines do not claim their key": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLines") return decide(snapshot, command, now);
      const { claim: _claim, ...unclaimed } = command;
      return decide(snapshot, unclaimed, now);
    },
  }),
  "lines that are there already do not claim their key": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ChangeLines" || decision.kind !== "accepted") return decision;
      const [event] = decision.events;
      const stays =
        event?.type === "OrderLinesChanged" && JSON.stringify(event.lines) === JSON.stringify(event.linesBefore);
      return stays ? { ...decision, events: [] } : decision;
    },
  }),
  "a repeat of other lines answers the order as it is now": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "ChangeLines" || decision.kind !== "replayed") return decision;
      const { lines, total, version } = snapshot.orders.get(command.orderId) ?? {};
      return { ...decision, subject: { ...decision.subject, lines, total, version } as typeof decision.subject };
    },
  }),
  "units that an order gives up stay counted for its shopper": withRules({
    evolve: (snapshot, event): Changes => {
      const { holdings, ...changes } = evolve(snapshot, event);
      return event.type === "OrderLinesChanged" || holdings === undefined ? changes : { ...changes, holdings };
    },
  }),
  "of fewer units the first place gives up first": withRules({
    decide: (snapshot, command, now) => {
      const order = command.type === "ChangeLines" ? snapshot.orders.get(command.orderId) : undefined;
      if (order === undefined) return decide(snapshot, command, now);
      const turned = { ...order, lines: [...order.lines].reverse(), first: { ...order.first, cart: cartOf(order) } };
      return decide({ ...snapshot, orders: new Map([...snapshot.orders, [order.id, turned]]) }, command, now);
    },
  }),
  "a line that names a place leaves its units where they are": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLines") return decide(snapshot, command, now);
      const lines = command.lines.map(({ sku, quantity }) => ({ sku, quantity }));
      return decide(snapshot, { ...command, lines }, now);
    },
  }),
  "an order whose units are at several places keeps its lines": withRules({
    decide: (snapshot, command, now) => {
      const order = command.type === "ChangeLines" ? snapshot.orders.get(command.orderId) : undefined;
      if (order === undefined || order.locationId !== undefined) return decide(snapshot, command, now);
      const { id: orderId, status } = order;
      const failure = { code: "order_not_changeable", orderId, status } as const;
      return { kind: "refused", recorded: false, events: [], failure } as never;
    },
  }),
  "more of an order comes from places that are closed": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeLines") return decide(snapshot, command, now);
      const open = [...snapshot.locations].map(([id, location]) => [id, { ...location, active: true }] as const);
      return decide({ ...snapshot, locations: new Map(open) }, command, now);
    },
  }),
  "an order of which a caller has named a place is Holdfast's to allocate still": changing((order, { orders }) => {
    const { allocatedBy } = orders.get(order.id) ?? {};
    return { ...order, ...(allocatedBy !== undefined && { allocatedBy }) };
  }),
  "an order forgets where it was before its lines changed": withRules({
    evolve: (snapshot, event): Changes => {
      if (event.type !== "OrderLinesChanged") return evolve(snapshot, event);
      const { first, locationId, ...order } = event.order;
      const where = locationId === undefined ? {} : { locationId };
      const cart = first?.cart && { ...first.cart, ...where };
      return evolve(snapshot, { ...event, order: { ...order, ...where, first: { ...first, ...(cart && { cart }) } } });
    },
  }),
};
