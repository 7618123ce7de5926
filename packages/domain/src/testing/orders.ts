import type { CancelOrder } from "../commands/cancel-order.ts";
import type { ChangeLines } from "../commands/change-lines.ts";
import type { ChangeOrder } from "../commands/change-order.ts";
import type { ConfirmOrder } from "../commands/confirm-order.ts";
import type { ExpireOrder } from "../commands/expire-order.ts";
import type { ExtendOrder } from "../commands/extend-order.ts";
import type { PlaceOrder } from "../commands/place-order.ts";
import type { RecordRefund } from "../commands/record-refund.ts";
import type { ReviewLatePayment } from "../commands/review-late-payment.ts";
import { type Instant, mainLocation, type Quantity, type Sku } from "../ids.ts";
import type { LatePaymentPolicy, ReviewDecision } from "../late-payment.ts";
import { actor, linesOf, type More, orderId } from "./names.ts";

/** Places `{ tea: 2 }`, or pairs where a SKU stands on several lines. */
export function place(
  name: string,
  cart: Readonly<Record<string, number>> | readonly (readonly [sku: string, quantity: number])[],
  more: More<PlaceOrder> = {},
): PlaceOrder {
  const pairs = Array.isArray(cart) ? cart : Object.entries(cart);
  const usual = {
    type: "PlaceOrder",
    actor,
    orderId: orderId(name),
    locationId: mainLocation,
    lines: pairs.map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity })),
    holdSeconds: 60,
  };
  return { ...usual, ...more } as PlaceOrder;
}

/** Places `{ tea: 2 }`, which comes from wherever it is; `{ "tea@berlin": 2 }` from that place. */
export function placeAnywhere(
  name: string,
  cart: Readonly<Record<string, number>>,
  more: More<PlaceOrder> = {},
): PlaceOrder {
  const { locationId: _main, ...order } = place(name, {}, more);
  return { ...order, lines: linesOf(cart) };
}

/** Gives an order the lines `{ tea: 2 }`, or `{ "tea@berlin": 2 }` from that place. */
export function changeCart(
  name: string,
  cart: Readonly<Record<string, number>>,
  more: Partial<Pick<ChangeLines, "bounds" | "ifVersion" | "actor" | "claim">> = {},
): ChangeLines {
  return { type: "ChangeLines", actor, orderId: orderId(name), lines: linesOf(cart), ...more };
}

/** Writes a reference and metadata on an order. */
export function note(name: string, details: Omit<ChangeOrder, "type" | "actor" | "orderId">): ChangeOrder {
  return { type: "ChangeOrder", actor, orderId: orderId(name), ...details };
}

/** Holds an order until an instant, in milliseconds since 1970. */
export function extend(
  name: string,
  expiresAt: number,
  more: Partial<Pick<ExtendOrder, "paymentReference" | "extendFor" | "holdSecondsMax">> = {},
): ExtendOrder {
  const usual = { type: "ExtendOrder", actor, orderId: orderId(name), extendFor: "any" } as const;
  return { ...usual, expiresAt: expiresAt as Instant, ...more };
}

export function confirm(
  name: string,
  paymentReference?: string,
  latePayment: LatePaymentPolicy = "refund",
): ConfirmOrder {
  const reference = paymentReference === undefined ? {} : { paymentReference };
  return { type: "ConfirmOrder", actor, orderId: orderId(name), ...reference, latePayment };
}

export function review(name: string, decision: ReviewDecision): ReviewLatePayment {
  return { type: "ReviewLatePayment", actor, orderId: orderId(name), decision };
}

export function refund(name: string, paymentReference?: string, refundReference?: string): RecordRefund {
  return {
    type: "RecordRefund",
    actor,
    orderId: orderId(name),
    ...(paymentReference === undefined ? {} : { paymentReference }),
    ...(refundReference === undefined ? {} : { refundReference }),
  };
}

export function cancel(name: string): CancelOrder {
  return { type: "CancelOrder", actor, orderId: orderId(name) };
}

export function expire(name: string): ExpireOrder {
  return { type: "ExpireOrder", actor, orderId: orderId(name) };
}
