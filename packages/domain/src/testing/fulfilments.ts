import type { FulfilOrder } from "../commands/fulfil-order.ts";
import { actor, fulfilmentId, linesOf, orderId } from "./names.ts";

/** Ships `{ tea: 2 }` of an order, `{ "tea@berlin": 2 }`, or, left out, all that has yet to leave. */
export function fulfil(
  name: string,
  order: string,
  cart?: Readonly<Record<string, number>>,
  more: Pick<FulfilOrder, "claim" | "reference"> = {},
): FulfilOrder {
  const lines = linesOf(cart ?? {});
  return {
    type: "FulfilOrder",
    actor,
    fulfilmentId: fulfilmentId(name),
    orderId: orderId(order),
    ...(cart && { lines }),
    ...more,
  };
}
