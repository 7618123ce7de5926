import { outcomes } from "./outcomes.ts";
import { type Order, readEnding, readPlacing } from "./read-answer.ts";
import { ask, type Cart, cancelRequest, confirmRequest, placeRequest } from "./shop.ts";

/** Places an order and counts the outcome. `undefined` if there is no order. */
export function place(cart: Cart, turn: number): Order | undefined {
  const placing = readPlacing(ask(placeRequest(cart, turn)), cart);
  if (placing.kind === "placed") outcomes.placed.add(1);
  if (placing.kind === "refused") outcomes.refused.add(1);
  if (placing.kind === "open") outcomes.unsettled.add(1);
  return placing.kind === "placed" ? placing.order : undefined;
}

export function confirm(order: Order, turn: number): void {
  const ending = readEnding(ask(confirmRequest(order.id, turn)), order, "CONFIRMED");
  if (ending === "done") outcomes.confirmed.add(1);
  if (ending === "open") outcomes.unsettled.add(1);
}

export function cancel(order: Order, turn: number): void {
  const ending = readEnding(ask(cancelRequest(order.id, turn)), order, "CANCELLED");
  if (ending === "done") outcomes.cancelled.add(1);
  if (ending === "open") outcomes.unsettled.add(1);
}
