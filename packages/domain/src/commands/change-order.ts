import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, OrderId } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Order } from "../order.ts";
import {
  areSameDetails,
  changedDetails,
  type DetailsChange,
  detailsOf,
  metadataEntries,
  metadataSize,
  type OrderDetails,
} from "../order-details.ts";
import { orderEvent } from "../order-event.ts";
import { paymentKeysOf } from "../payment.ts";
import { shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";

/** Writes the shop's own reference and metadata on an order. */
export interface ChangeOrder extends DetailsChange {
  readonly type: "ChangeOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** The version that the caller has seen. Left out: whichever it is. */
  readonly ifVersion?: number;
}

/**
 * Whatever the order's status is: no rule reads them, and they move no stock. A change that is there already is a repeat, whatever version
 * it names: the first answer may have been lost.
 */
export const changeOrder: CommandModule<ChangeOrder, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: ({ orderId }, { orders }) => {
    const order = orders.get(orderId);
    return order === undefined ? {} : { payments: paymentKeysOf(order) };
  },
  subject: shownOrderSubject,
  decide,
};

function decide({ orders }: Snapshot, command: ChangeOrder): Decision {
  const { orderId, ifVersion, actor } = command;
  const order = orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const details = changedDetails(order, command);
  if (areSameDetails(order, details)) return accept();
  if (ifVersion !== undefined && ifVersion !== order.version)
    return refuse({ code: "order_changed", orderId, version: order.version });
  if (!fits(details)) return refuse({ code: "metadata_too_large", orderId });
  const after = withDetails(order, details);
  const { reference: _before, ...event } = orderEvent(order, actor);
  return accept({ type: "OrderChanged", ...event, version: after.version, ...details, order: after });
}

function fits(details: OrderDetails): boolean {
  const { metadata = {} } = details;
  const entries = metadataEntries(details).length;
  return entries <= limits.metadataEntriesMax && metadataSize(metadata) <= limits.metadataSizeMax;
}

function withDetails(order: Order, details: OrderDetails): Order {
  const { reference: _reference, metadata: _metadata, ...lasting } = order;
  const first = { ...order.first, details: order.first?.details ?? detailsOf(order) };
  return { ...lasting, ...details, version: order.version + 1, first };
}
