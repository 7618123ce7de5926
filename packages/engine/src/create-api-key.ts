import { type Actor, type Instant, limits } from "@holdfast/domain";
import { hashOfApiKey, newApiKey } from "./api-key.ts";
import type { ApiKeyId, ApiKeyRecord, ApiKeys } from "./ports/api-keys.ts";

/** A key's record with the key, which is to be shown once and then forgotten. */
export interface CreatedApiKey {
  readonly key: string;
  readonly record: ApiKeyRecord;
}

export interface ApiKeyWish {
  readonly id: ApiKeyId;
  readonly name: Actor;
  readonly scopes: readonly string[];
  readonly rateLimitPerSecond?: number;
  readonly createdBy: Actor;
  readonly now: Instant;
}

/**
 * Makes a key. `undefined` where there are too many already: every process reads all that live, so there must not be
 * ever more of them. Requests at the same time may pass the bound by a few.
 */
export async function createApiKey(apiKeys: ApiKeys, wish: ApiKeyWish): Promise<CreatedApiKey | undefined> {
  const { keys } = await apiKeys.live();
  if (keys.length >= limits.apiKeysLiveMax) return undefined;
  const { now, ...rest } = wish;
  const key = newApiKey();
  const record: ApiKeyRecord = { ...rest, hash: hashOfApiKey(key), createdAt: now };
  await apiKeys.create(record);
  return { key, record };
}
