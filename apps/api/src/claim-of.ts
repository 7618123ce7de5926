import { hash } from "node:crypto";
import type { Claim } from "@holdfast/domain";
import type { Context } from "hono";
import type { AppEnv } from "./app-parts.ts";

/**
 * The claim that a request's `Idempotency-Key` makes, to be spread into its command; empty without one.
 *
 * Keys of different callers never meet. The fingerprint is taken of the parsed body, whose fields stand in the order
 * of its schema: white space and field order do not make another request.
 */
export function claimOf(c: Context<AppEnv>, key: string | undefined, body: object): { claim?: Claim } {
  if (key === undefined) return {};
  return {
    claim: { key: `${c.get("actor")}:${key}`, fingerprint: hash("sha256", JSON.stringify(body), "base64url") },
  };
}
