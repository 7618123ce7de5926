import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import type { EventRow } from "./event-row.ts";
import type { Actor, FulfilmentId, Instant, LocationId, OrderId, Quantity, Sku } from "./ids.ts";
import { type FulfilmentStatus, fulfilmentStatuses, type Order, openQuantity } from "./order.ts";
import { placeOf } from "./order-places.ts";
import { levelKey } from "./stock-level.ts";
import { claimIfThere, faultOf, instant, linesAtPlaces, oneOf, text, textIfThere } from "./stored/record-checks.ts";

/** Units of one SKU at one place. */
export interface PlacedLine {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly quantity: Quantity;
}

/** Units of an order that have left. Never edited: what comes back is a return. */
export interface Fulfilment {
  readonly id: FulfilmentId;
  readonly orderId: OrderId;
  readonly lines: readonly PlacedLine[];
  /** The shop's own id for it: a shipment, a tracking number. */
  readonly reference?: string;
  /** How far the order was fulfilled right after it. */
  readonly fulfilmentStatus: FulfilmentStatus;
  readonly actor: Actor;
  readonly at: Instant;
  readonly claim?: Claim;
}

const fault = faultOf<Fulfilment>("a fulfilment", {
  id: text,
  orderId: text,
  lines: linesAtPlaces,
  reference: textIfThere,
  fulfilmentStatus: oneOf(...fulfilmentStatuses),
  actor: text,
  at: instant,
  claim: claimIfThere,
});

/** Units of a sold order have left. */
export interface OrderFulfilled {
  readonly type: "OrderFulfilled";
  readonly actor: Actor;
  readonly fulfilment: Fulfilment;
}

const orderFulfilled: EventRow<OrderFulfilled> = {
  changes: ({ orders, fulfilments }, { fulfilment }) => {
    const order = orders.get(fulfilment.orderId);
    assert(order !== undefined, `OrderFulfilled: there is no order ${fulfilment.orderId}`);
    assert(!fulfilments.has(fulfilment.id), `${fulfilment.id} was made twice`);
    return { orders: [fulfilledBy(order, fulfilment)], fulfilments: [fulfilment] };
  },
  moves: ({ fulfilment: { lines } }) =>
    lines.map(({ sku, locationId, quantity }) => ({
      sku,
      locationId,
      totalStock: -quantity,
      reservedStock: 0,
      committedStock: -quantity,
    })),
  cause: ({ actor, fulfilment: { id, orderId, reference } }) => ({
    reason: "order_fulfilled",
    actor,
    orderId,
    fulfilmentId: id,
    ...(reference === undefined ? {} : { reference }),
  }),
  fault: ({ fulfilment }) => fault(fulfilment),
};

/** An order after a fulfilment. Throws `Bug` where more has left than it had sold. */
function fulfilledBy(order: Order, { lines, fulfilmentStatus }: Fulfilment): Order {
  assert(order.status === "CONFIRMED", `OrderFulfilled: ${order.id} is ${order.status}`);
  const units = new Map(lines.map(({ sku, locationId, quantity }) => [levelKey(sku, locationId), quantity]));
  const after = order.lines.map((line) => {
    const shipped = units.get(levelKey(line.sku, placeOf(line, order)));
    if (shipped === undefined) return line;
    assert(shipped <= openQuantity(line), `${order.id}: more ${line.sku} shipped than was sold`);
    return { ...line, fulfilledQuantity: (line.fulfilledQuantity ?? 0) + shipped };
  });
  return { ...order, version: order.version + 1, lines: after, fulfilmentStatus };
}

export const fulfilments = entity<Fulfilment>()({
  kind: "fulfilment",
  key: ["id"],
  guards: [],
  fault,
  searched: { orderId: ({ orderId }) => orderId },
  listedBy: ["orderId"],
  searchedParts: {
    lines: ({ lines }) => lines.map(({ sku, locationId, quantity }) => ({ sku, locationId, quantity })),
  },
  contributes: {
    levels: { each: "lines", units: "quantity", perUnit: { totalStock: -1, committedStock: -1, shippedUnits: 1 } },
  },
  events: { OrderFulfilled: orderFulfilled },
});
