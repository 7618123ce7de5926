import { hash } from "node:crypto";
import type { Claim } from "@holdfast/domain";
import type { Context } from "hono";
import type { AppEnv } from "./app-parts.ts";

/**
 * The claim of a request's `Idempotency-Key`, to spread into its command; empty without one.
 *
 * Keys of different callers are independent. The fingerprint is that of the parsed body, whose fields are in the order of its schema, so
 * that white space and field order do not matter.
 */
export function claimOf(c: Context<AppEnv>, key: string | undefined, body: object): { claim?: Claim } {
  if (key === undefined) return {};
  return {
    claim: { key: `${c.get("actor")}:${key}`, fingerprint: hash("sha256", JSON.stringify(body), "base64url") },
  };
}
