import { isClaimIfThere, isInstant, type Read, Unreadable } from "@holdfast/domain";
import type { ApiKeyRecord } from "./ports/api-keys.ts";

/** A stored API key, by its id. One that cannot be read opens nothing. */
export function readApiKey(id: string, stored: unknown): Read<ApiKeyRecord> {
  const fault = apiKeyFault(id, stored);
  return fault === undefined ? (stored as ApiKeyRecord) : new Unreadable("api_key", id, fault);
}

function apiKeyFault(id: string, stored: unknown): string | undefined {
  if (typeof stored !== "object" || stored === null) return "must be an API key";
  const key = stored as Readonly<Record<string, unknown>>;
  const { scopes, rateLimitPerSecond, revokedAt } = key;
  if (key["id"] !== id) return "id must be that of its key";
  for (const field of ["name", "hash", "createdBy"]) {
    if (typeof key[field] !== "string" || key[field] === "") return `${field} must be a text`;
  }
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === "string")) return "scopes must be texts";
  if (
    rateLimitPerSecond !== undefined &&
    !(Number.isSafeInteger(rateLimitPerSecond) && Number(rateLimitPerSecond) >= 0)
  )
    return "rateLimitPerSecond must be a whole number, 0 or more";
  if (key["rotates"] !== undefined && key["rotates"] !== true) return "rotates must be true where it is there";
  if (!isClaimIfThere(key["claim"])) return "claim must be a key and a fingerprint";
  if (!isInstant(key["createdAt"])) return "createdAt must be an instant";
  if (revokedAt !== undefined && !isInstant(revokedAt)) return "revokedAt must be an instant";
  return undefined;
}
