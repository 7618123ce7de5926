import {
  type Changes,
  decide,
  type Event,
  evolve,
  type Order,
  type Product,
  type ProductPolicies,
  type Snapshot,
  type StoredLevel,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { orderOf, seeing, withOrder, withRules } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** Mistakes with products' own rules of sale. */
export const policyBugs: Readonly<Record<string, Planted>> = {
  "more is owed than a product allows": withRules({
    decide: seeing("PlaceOrder", (snapshot) => owing(snapshot, (units) => units + 1)),
  }),
  "what a product may owe is not sold": without("PlaceOrder", "backorderLimit"),
  "a late payment is owed beyond what its product allows": withRules({
    decide: seeing("ConfirmOrder", (snapshot) => owing(snapshot, () => 100)),
  }),
  "a late payment of a product that may owe units is refused": without("ConfirmOrder", "backorderLimit"),
  "units that are owed leave before they have come": withRules({
    decide: seeing("FulfilOrder", stocked),
    evolve: (snapshot, event) =>
      event.type === "OrderFulfilled" ? evolveUnguarded(snapshot, event) : evolve(snapshot, event),
  }),
  "an order does not say what it waits for": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      return decision.kind === "accepted" ? { ...decision, events: decision.events.map(sayingNothingOwed) } : decision;
    },
  }),
  "a customer buys more than a product allows": without("PlaceOrder", "purchaseLimit"),
  "purchases of earlier batches do not count": withRules({ decide: seeing("PlaceOrder", unbought) }),
  "an order that is cancelled stays counted as bought": keepingPurchases("OrderCancelled"),
  "an order that runs out stays counted as bought": keepingPurchases("OrderExpired"),
  "units that come back stay counted as bought": keepingPurchases("SaleReversed"),
  "a late payment is not counted as bought": keepingPurchases("LatePaymentAccepted"),
  "fewer units are sold than an order has to have": without("PlaceOrder", "minimumQuantity"),
  "more units are sold than an order may have": without("PlaceOrder", "maximumQuantity"),
  "units are sold that are no multiple": without("PlaceOrder", "quantityMultiple"),
  "a product's quantities bind the whole cart": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (command.type !== "PlaceOrder" || decision.kind !== "accepted") return decision;
      const units = command.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const breaches = command.lines.flatMap(({ sku }) => {
        const { maximumQuantity = units } = snapshot.products.get(sku)?.policies ?? {};
        return units > maximumQuantity ? [{ sku, requested: units, maximumQuantity }] : [];
      });
      if (breaches.length === 0) return decision;
      return { kind: "refused", failure: { code: "quantity_not_allowed", breaches }, events: [], recorded: false };
    },
  }),
  "a preorder leaves before its release": without("FulfilOrder", "releaseAt"),
  "a preorder leaves as it is paid for": without("ConfirmOrder", "releaseAt"),
  "a preorder leaves by the release that it was placed with": withRules({
    decide: seeing("FulfilOrder", (snapshot) => ({ ...snapshot, products: new Map() })),
  }),
  "an order does not say that it is a preorder": withRules({
    evolve: (snapshot, event): Changes => {
      if (event.type !== "OrderPlaced") return evolve(snapshot, event);
      const lines = event.order.lines.map(({ releaseAt: _releaseAt, ...line }) => line);
      return evolve(snapshot, { ...event, order: { ...event.order, lines } });
    },
  }),
  "an order is held longer than its products say": without("PlaceOrder", "holdSeconds"),
  "an order is held longer than its products allow": without("PlaceOrder", "holdSecondsMax"),
  "an order is extended beyond what its products allow": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ExtendOrder" ? withoutCap(snapshot, command) : snapshot, command, now),
  }),
  "a policy that is taken away stays": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeProduct" || command.policies === undefined) return decide(snapshot, command, now);
      const kept = Object.entries(command.policies).filter(([, value]) => value !== null);
      return decide(snapshot, { ...command, policies: Object.fromEntries(kept) }, now);
    },
  }),
  "a change of one policy drops the others": withRules({
    decide: (snapshot, command, now) =>
      decide(
        command.type === "ChangeProduct" && command.policies !== undefined ? unruled(snapshot) : snapshot,
        command,
        now,
      ),
  }),
};

/** The rules for a command, which do not see one policy of any product. */
function without(type: "PlaceOrder" | "FulfilOrder" | "ConfirmOrder", policy: keyof ProductPolicies): Planted {
  return withRules({ decide: seeing(type, (snapshot) => changed(snapshot, ({ [policy]: _, ...others }) => others)) });
}

function sayingNothingOwed(event: Event): Event {
  if (event.type !== "OrderPlaced") return event;
  const lines = event.order.lines.map(({ backorderedQuantity: _owed, ...line }) => line);
  return { ...event, order: { ...event.order, lines } };
}

/** Each product that may owe units, as if it might owe others. */
function owing(snapshot: Snapshot, limit: (units: number) => number): Snapshot {
  return changed(snapshot, ({ backorderLimit, ...others }) =>
    backorderLimit === undefined ? others : { ...others, backorderLimit: limit(backorderLimit) },
  );
}

/** Levels that have whatever is sold of them. */
function stocked(snapshot: Snapshot): Snapshot {
  const levels = [...snapshot.levels].map(([key, level]): [string, StoredLevel] => [
    key,
    { ...level, totalStock: level.totalStock + level.committedStock },
  ]);
  return { ...snapshot, levels: new Map(levels) };
}

function unbought(snapshot: Snapshot): Snapshot {
  return { ...snapshot, purchases: new Map() };
}

/** Purchases stay as they are with an event. */
function keepingPurchases(type: Event["type"]): Planted {
  return withRules({
    evolve: (snapshot, event): Changes => {
      const { purchases, ...changes } = evolve(snapshot, event);
      return event.type === type || purchases === undefined ? changes : { ...changes, purchases };
    },
  });
}

function changed(snapshot: Snapshot, change: (policies: ProductPolicies) => ProductPolicies): Snapshot {
  const products = [...snapshot.products].map(([sku, product]): [string, Product] => [
    sku,
    product.policies === undefined ? product : { ...product, policies: change(product.policies) },
  ]);
  return { ...snapshot, products: new Map(products) };
}

function unruled(snapshot: Snapshot): Snapshot {
  return changed(snapshot, () => ({}));
}

function withoutCap(snapshot: Snapshot, about: object): Snapshot {
  const order = orderOf(snapshot, about);
  if (order === undefined) return snapshot;
  const { holdSecondsMax: _holdSecondsMax, ...uncapped } = order;
  return withOrder(snapshot, uncapped satisfies Order);
}
