import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, Instant, OrderId } from "../ids.ts";
import { latestExpiry } from "../latest-expiry.ts";
import { orderEvent } from "../order-event.ts";
import { behindOrder, shownOrderSubject } from "../shown-order.ts";
import type { Snapshot } from "../snapshot.ts";

/** When a shop extends a reservation: whenever it is asked, or only where a payment that is under way is named. */
export const extendPolicies = ["any", "payment"] as const;
export type ExtendPolicy = (typeof extendPolicies)[number];

/** The shopper needs longer to pay: the stock is held until a later instant. */
export interface ExtendOrder {
  readonly type: "ExtendOrder";
  readonly actor: Actor;
  readonly orderId: OrderId;
  /** Until when, at least. */
  readonly expiresAt: Instant;
  /** The payment that is under way. Holdfast hears of payments once they have been made, so it takes the caller's word. */
  readonly paymentReference?: string;
  readonly extendFor: ExtendPolicy;
  /** The most that the shop allows for the whole reservation. Left out: `limits.holdSecondsMax`. */
  readonly holdSecondsMax?: number;
}

/**
 * A live reservation can last longer, up to the bound on its whole length that the shop and its products set. The end is an instant and never comes nearer, so
 * that a repeat, or two extensions that overtake each other, change nothing more.
 */
export const extendOrder: CommandModule<ExtendOrder, "orders"> = {
  reads: ({ orderId }) => ({ orders: [orderId] }),
  leadsTo: behindOrder,
  subject: shownOrderSubject,
  decide,
};

function decide(snapshot: Snapshot, command: ExtendOrder, now: Instant): Decision {
  const { orderId, actor, expiresAt, paymentReference } = command;
  const order = snapshot.orders.get(orderId);
  if (order === undefined) return refuse({ code: "order_not_found", orderId });
  const { status, reservation, placedAt } = order;
  if (status !== "PENDING_PAYMENT") return refuse({ code: "order_not_extendable", orderId, status });
  // Run out and not yet tidied up: its units go to the first who pays.
  if (now >= reservation.expiresAt) return refuse({ code: "order_not_extendable", orderId, status: "EXPIRED" });
  if (command.extendFor === "payment" && paymentReference === undefined) {
    return refuse({ code: "payment_not_named", orderId });
  }
  if (expiresAt <= reservation.expiresAt) return accept();
  const latest = latestExpiry(placedAt, command, order);
  if (expiresAt > latest) return refuse({ code: "hold_too_long", orderId, latest });
  const named = paymentReference === undefined ? {} : { paymentReference };
  return accept({ type: "OrderExtended", ...orderEvent(order, actor), expiresAt, ...named });
}
