import { backordersIn } from "../backorder.ts";
import type { Claim } from "../claim.ts";
import type { CommandModule, CommandReads } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Fulfilment, OrderFulfilled, PlacedLine } from "../fulfilment.ts";
import type { Actor, FulfilmentId, Instant, LocationId, OrderId, Quantity, Sku } from "../ids.ts";
import { notThere } from "../not-there.ts";
import { type Order, openQuantity } from "../order.ts";
import { placedLines } from "../order-places.ts";
import { preordersIn, unreleased } from "../product-policy.ts";
import { limitedIn } from "../purchase-limit.ts";
import { type AskedLine, sharedOut } from "../shared-out.ts";
import { behindOrder } from "../shown-order.ts";
import type { Snapshot, Tables } from "../snapshot.ts";
import { levelKey, sellableStock } from "../stock-level.ts";
import { stockOf } from "../stock-of.ts";

/** Units of a paid order leave the shop. */
export interface FulfilOrder {
  readonly type: "FulfilOrder";
  readonly actor: Actor;
  readonly fulfilmentId: FulfilmentId;
  readonly orderId: OrderId;
  /** Left out: all that has yet to leave. */
  readonly lines?: readonly AskedLine[];
  readonly reference?: string;
  readonly claim?: Claim;
}

/** What was sold may leave, whole or in part, and never more of it. */
export const fulfilOrder: CommandModule<FulfilOrder, "fulfilments"> = {
  reads: ({ orderId, lines = [] }) => ({ orders: [orderId], locations: placesNamed(lines) }),
  leadsTo: ({ orderId }, { orders }) => {
    const order = orders.get(orderId);
    return order === undefined ? {} : { ...stockOf(order), products: preordersIn(order) };
  },
  subject: { of: "fulfilments", keyOf: ({ fulfilmentId }) => fulfilmentId },
  decide,
};

/** Units that were asked for, beyond those that have yet to leave. */
export interface Excess {
  readonly sku: Sku;
  /** Left out: at any of the order's places, of which there are several. */
  readonly locationId?: LocationId;
  readonly requested: number;
  /** Units that have yet to leave. */
  readonly open: number;
}

function placesNamed(lines: readonly AskedLine[]): LocationId[] {
  return lines.flatMap(({ locationId }) => locationId ?? []);
}

function decide(snapshot: Snapshot, command: FulfilOrder, now: Instant): Decision {
  const { orderId } = command;
  const unknown = placesNamed(command.lines ?? []).filter((locationId) => !snapshot.locations.has(locationId));
  if (unknown.length > 0) return refuse({ code: "location_not_found", locationIds: unknown });
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { status } = order;
  if (status !== "CONFIRMED") return refuse({ code: "order_not_fulfillable", orderId, status });
  const { lines, excesses } =
    command.lines === undefined ? { lines: openLines(order), excesses: [] } : asked(order, command.lines);
  if (excesses.length > 0) return refuse({ code: "more_than_sold", orderId, excesses });
  if (lines.length === 0) return refuse({ code: "nothing_to_fulfil", orderId });
  const early = unreleased(snapshot, order, skusOf(lines), now);
  if (early.length > 0) return refuse({ code: "not_yet_released", orderId, unreleased: early });
  const missing = notThere(snapshot, lines, sellableStock, ({ committedStock }) => committedStock);
  if (missing !== undefined) return refuse(missing);
  return accept(fulfilledEvent(order, { ...command, lines }, now));
}

function skusOf(lines: readonly PlacedLine[]): Set<Sku> {
  return new Set(lines.map(({ sku }) => sku));
}

/** All that has yet to leave. */
function openLines(order: Order): PlacedLine[] {
  return placedLines(order).flatMap((line) => {
    const quantity = openQuantity(line);
    const { sku, locationId } = line;
    return quantity === 0 ? [] : [{ sku, locationId, quantity: quantity as Quantity }];
  });
}

/** One line a SKU and place, in order of first mention. */
function asked(order: Order, askedLines: readonly AskedLine[]) {
  const { lines, excesses } = sharedOut(order, askedLines, openQuantity);
  const merged = new Map<string, PlacedLine>();
  for (const { sku, quantity, locationId } of lines) {
    const key = levelKey(sku, locationId);
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { sku, locationId, quantity: (before + quantity) as Quantity });
  }
  return { lines: [...merged.values()], excesses };
}

/** What an order leads to that may be sold: by its products' policies it may owe units, or be kept back. */
export function behindSale(
  command: Pick<FulfilOrder, "orderId"> & Partial<Pick<FulfilOrder, "fulfilmentId">>,
  found: Pick<Tables, "orders">,
): CommandReads {
  const order = found.orders.get(command.orderId);
  const behind = behindOrder(command, found);
  if (order === undefined) return behind;
  const preorders = command.fulfilmentId === undefined ? [] : preordersIn(order);
  const owed = backordersIn(order.lines).map(({ sku }) => sku);
  return { ...behind, products: [...owed, ...limitedIn(order.lines), ...preorders] };
}

/** Most shops record what leaves when it leaves. */
const nothing: readonly never[] = [];

/**
 * What an order that was just sold does next, where goods leave once they are paid for. A level may count fewer units than that, after a
 * loss, and a preorder is not released: the sale stands, and what leaves is recorded once it can.
 */
export function fulfilledAtOnce(
  snapshot: Pick<Snapshot, "levels" | "products">,
  order: Order,
  { actor, fulfilmentId }: { readonly actor: Actor; readonly fulfilmentId?: FulfilmentId },
  now: Instant,
): readonly OrderFulfilled[] {
  if (fulfilmentId === undefined) return nothing;
  const lines = openLines(order);
  const isReleased = unreleased(snapshot, order, skusOf(lines), now).length === 0;
  return isReleased && notThere(snapshot, lines, sellableStock) === undefined
    ? [fulfilledEvent(order, { actor, fulfilmentId, orderId: order.id, lines }, now)]
    : nothing;
}

function fulfilledEvent(
  order: Order,
  command: Pick<FulfilOrder, "actor" | "fulfilmentId" | "orderId" | "reference" | "claim"> & {
    readonly lines: readonly PlacedLine[];
  },
  now: Instant,
): OrderFulfilled {
  const { actor, fulfilmentId, orderId, lines, reference, claim } = command;
  const left = order.lines.reduce((sum, line) => sum + openQuantity(line), 0);
  const leaving = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const fulfilment: Fulfilment = {
    id: fulfilmentId,
    orderId,
    lines,
    ...(reference === undefined ? {} : { reference }),
    fulfilmentStatus: leaving === left ? "FULFILLED" : "PARTIAL",
    actor,
    at: now,
    ...(claim && { claim }),
  };
  return { type: "OrderFulfilled", actor, fulfilment };
}
