import { hash, timingSafeEqual } from "node:crypto";
import type { Claim, Order } from "@holdfast/domain";
import type { Caller } from "./caller.ts";

/** So that a token is known for one wherever it turns up: in a log, a repository, a secret scanner. */
const prefix = "hfo_";

/**
 * The claim key of a storefront's request. A space is in no `Idempotency-Key`, so that no request of another key can have the same claim,
 * whatever it is called.
 */
export function shopperClaimKey({ actor }: Pick<Caller, "actor">, secret: string): string {
  return `${claimBeginning(actor)}${secret}`;
}

function claimBeginning(actor: Caller["actor"]): string {
  return `${actor} checkout:`;
}

/**
 * Shows that its holder has placed an order. It follows from the order's id and its claim, in which the shopper's secret is: nothing
 * is kept for it, every process gives the same one, and so does a replay.
 */
export function orderTokenOf({ id, claim }: { readonly id: Order["id"]; readonly claim: Claim }): string {
  return prefix + hash("sha256", `${id} ${claim.key}`, "base64url");
}

/** Whether the order was placed with this storefront's key, and the token is the order's. Takes as long for a token that is nearly right. */
export function opensOrder(
  order: Pick<Order, "id" | "claim">,
  { actor }: Pick<Caller, "actor">,
  token: string,
): boolean {
  const { id, claim } = order;
  if (claim === undefined || !claim.key.startsWith(claimBeginning(actor))) return false;
  const [right, given] = [orderTokenOf({ id, claim }), token].map((text) => hash("sha256", text, "buffer"));
  return right !== undefined && given !== undefined && timingSafeEqual(right, given);
}
