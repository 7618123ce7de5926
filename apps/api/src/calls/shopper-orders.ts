import { limits, type OrderId, type ShownOrder, type StockLine } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import type { orderRequestSchema } from "@holdfast/http-contract";
import type { Context } from "hono";
import type { z } from "zod";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import type { AppEnv, AppSettings } from "../app-parts.ts";
import type { Caller } from "../caller.ts";
import { opensOrder, orderTokenOf } from "../order-token.ts";

// What holds for a storefront's key alone. The key is public, so that nothing but a secret of the shopper's own tells one shopper
// from another, and nothing that a request says of its shopper can be believed.

/** Why a cart of a shopper's is refused before the rules are asked; `undefined` where it is not. */
export function cartRefusal(
  c: Context<AppEnv>,
  cart: z.output<typeof orderRequestSchema>,
  { holdSeconds, reservationBounds }: Pick<AppSettings, "holdSeconds" | "reservationBounds">,
): Response | undefined {
  const secret = c.req.header("idempotency-key");
  if (secret !== undefined && secret.length < limits.shopperSecretLengthMin) {
    const message = `must be ${limits.shopperSecretLengthMin} characters or more, at random: with a key for checkout, sending it again gives the order`;
    return answerProblem(c, "malformed_request", { errors: [{ message, path: "idempotency-key" }] });
  }
  if (cart.customerId !== undefined) {
    const message = "must be left out with a key for checkout, which cannot show who the shopper is";
    return answerProblem(c, "malformed_request", { errors: [{ message, path: "customerId" }] });
  }
  for (const path of ["reference", "metadata"] as const) {
    if (cart[path] === undefined) continue;
    const message =
      "must be left out with a key for checkout, which anybody may have: your server writes it afterwards";
    return answerProblem(c, "malformed_request", { errors: [{ message, path }] });
  }
  if (cart.holdSeconds !== undefined && cart.holdSeconds > holdSeconds) {
    const message = `must be at most ${holdSeconds} with a key for checkout`;
    return answerProblem(c, "malformed_request", { errors: [{ message, path: "holdSeconds" }] });
  }
  return unitsRefusal(c, cart.lines, { reservationBounds });
}

/** Why lines of a shopper's are refused: nothing shows whose order it is, so each may have what a customer may. */
export function unitsRefusal(
  c: Context<AppEnv>,
  lines: readonly StockLine[],
  { reservationBounds }: Pick<AppSettings, "reservationBounds">,
): Response | undefined {
  const requested = lines.reduce((units, { quantity }) => units + quantity, 0);
  const unitsMax = reservationBounds.keyed.unitsPerCustomerMax ?? Number.POSITIVE_INFINITY;
  if (requested <= unitsMax) return undefined;
  return answerFailure(c, { code: "hold_limit_exceeded", holder: "customer", requested, held: 0, unitsMax });
}

/** A shopper's order as the answer to its placing shows it: with its token. */
export function withToken(order: ShownOrder): ShownOrder & { readonly orderToken?: string } {
  const { id, claim } = order;
  return claim === undefined ? order : { ...order, orderToken: orderTokenOf({ id, claim }) };
}

/** Why a shopper may not do anything with an order; `undefined` where they may. One of another shopper is as one that there is not. */
export async function strangerRefusal(
  c: Context<AppEnv>,
  queries: Pick<Queries, "order">,
  orderId: OrderId,
): Promise<Response | undefined> {
  const token = c.req.header("order-token");
  if (token === undefined) return tokenMissing(c);
  return isOwnOrder(await queries.order(orderId), c.get("caller"), token)
    ? undefined
    : answerFailure(c, { code: "order_not_found", orderId });
}

/** Says the same of every order, so that it says nothing of any. */
export function tokenMissing(c: Context<AppEnv>) {
  return answerProblem(c, "forbidden", { detail: "A key for checkout needs the order's own token as Order-Token." });
}

export function isOwnOrder(order: ShownOrder | undefined, caller: Caller, token: string): order is ShownOrder {
  return order !== undefined && opensOrder(order, caller, token);
}
