import { type Actor, type Claim, type Instant, limits } from "@holdfast/domain";
import { hashOfApiKey, newApiKey } from "./api-key.ts";
import type { ApiKeyId, ApiKeyRecord, ApiKeys } from "./ports/api-keys.ts";

/** What a request for a key comes to. */
export type ApiKeyCreation =
  /** The key is to be shown once and then forgotten. */
  | { readonly kind: "made"; readonly key: string; readonly record: ApiKeyRecord }
  /** The same request has made this one already. It was shown then, and cannot be shown again. */
  | { readonly kind: "exists"; readonly record: ApiKeyRecord }
  /** Another request has used this `Idempotency-Key`. */
  | { readonly kind: "claim_reused" }
  /** A live key has this name, and the request is not to share it. */
  | { readonly kind: "name_taken" }
  | { readonly kind: "too_many" };

export interface ApiKeyRequest {
  readonly id: ApiKeyId;
  readonly name: Actor;
  readonly scopes: readonly string[];
  readonly rateLimitPerSecond?: number;
  /** It is to take over from a key of the same name: both are one actor, and own the same idempotency keys. */
  readonly rotates?: boolean;
  readonly claim?: Claim;
  readonly createdBy: Actor;
  readonly now: Instant;
  /** Names of keys that are kept elsewhere. */
  readonly namesTaken?: Iterable<Actor>;
}

/**
 * Makes a key. Not one more where there are too many already: every process reads all that live, so there must not be ever
 * more of them. Requests at the same time may pass the bound by a few.
 */
export async function createApiKey(apiKeys: ApiKeys, request: ApiKeyRequest): Promise<ApiKeyCreation> {
  const { now, rotates = false, namesTaken = [], ...rest } = request;
  const earlier = await claimedBy(apiKeys, request);
  if (earlier !== undefined) return earlier;

  const { keys } = await apiKeys.live();
  if (keys.length >= limits.apiKeysLiveMax) return { kind: "too_many" };
  const names = new Set([...namesTaken, ...keys.map(({ name }) => name)]);
  if (!rotates && names.has(request.name)) return { kind: "name_taken" };

  const key = newApiKey();
  const hash = hashOfApiKey(key);
  const record: ApiKeyRecord = { ...rest, hash, createdAt: now, ...(rotates && { rotates }) };
  if (await apiKeys.create(record)) return { kind: "made", key, record };
  // Another request was quicker, between the reads and the write.
  return (await claimedBy(apiKeys, request)) ?? { kind: "name_taken" };
}

async function claimedBy(apiKeys: ApiKeys, { claim }: ApiKeyRequest): Promise<ApiKeyCreation | undefined> {
  const record = claim && (await apiKeys.claimed(claim.key));
  if (record === undefined) return undefined;
  return record.claim?.fingerprint === claim?.fingerprint ? { kind: "exists", record } : { kind: "claim_reused" };
}
