import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, CustomerId, OrderId } from "../ids.ts";
import { orderEvent } from "../order-event.ts";
import { buyersOf } from "../purchases.ts";
import { holderKey } from "../reservation-bounds.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";
import { recordKey } from "../stored/unreadable.ts";

/** The customer of one order is to be known no more: a pseudonym takes the place of the id. */
export interface EraseCustomer {
  readonly type: "EraseCustomer";
  readonly actor: Actor;
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  /** Made up by the caller, at random: nothing leads from it to the id. */
  readonly pseudonym: CustomerId;
}

/**
 * The order goes on as it is, and a reservation of it too: what is held or was bought counts under the pseudonym from then on. An order of another customer,
 * or of one who was erased before, stays as it is.
 */
export const eraseCustomer: CommandModule<EraseCustomer, "orders"> = {
  reads: ({ orderId, customerId, pseudonym }) => ({
    orders: [orderId],
    holdings: [customerId, pseudonym].map((id) => holderKey({ kind: "customer", id })),
  }),
  leadsTo: (command, tables) => {
    const order = tables.orders.get(command.orderId);
    const behind = behindOrder(command, tables);
    if (order === undefined) return behind;
    // What was bought of products that limit it counts for the pseudonym from now on.
    const buyers = [order, { ...order, customerId: command.pseudonym }].flatMap(buyersOf);
    return { ...behind, purchases: buyers };
  },
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, { actor, orderId, customerId, pseudonym }: EraseCustomer): Decision {
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  if (order.customerId !== customerId || pseudonym === customerId) return accept();
  // What cannot be read would keep the id.
  for (const buyer of buyersOf(order)) {
    const unreadable = snapshot.unreadable.get(recordKey("purchases", buyer));
    if (unreadable !== undefined) {
      return refuse({ code: "record_unreadable", kind: unreadable.kind, id: buyer, reason: unreadable.reason });
    }
  }
  return accept({ type: "CustomerErased", ...orderEvent(order, actor), customerId: pseudonym });
}
