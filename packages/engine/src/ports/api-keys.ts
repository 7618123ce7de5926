import type { Actor, Claim, Instant, Read, Unreadable } from "@holdfast/domain";
import type { Paging } from "./queries.ts";

declare const brand: unique symbol;
/** `key_` and 26 characters that sort by time. */
export type ApiKeyId = string & { readonly [brand]: "ApiKeyId" };

/** What is kept of an API key. The key itself is not. */
export interface ApiKeyRecord {
  readonly id: ApiKeyId;
  /** Who its requests act as, in the journal. */
  readonly name: Actor;
  /** Whether it may share its name with keys that lived when it was made, to take over from them. */
  readonly rotates?: true;
  /** See `hashOfApiKey`. */
  readonly hash: string;
  /** What it may do. A store does not know what they mean. */
  readonly scopes: readonly string[];
  /** 0: as many as come. Left out: whatever the API is set to. */
  readonly rateLimitPerSecond?: number;
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  /** The request that made it. */
  readonly claim?: Claim;
  /** Since then it opens nothing. */
  readonly revokedAt?: Instant;
}

/** Which keys open the door. */
export interface LiveApiKeys {
  /** All that are not revoked: `apiKeysLiveMax`, or few more. */
  readonly keys: readonly ApiKeyRecord[];
  /** Those that cannot be read, and open nothing. */
  readonly unreadable: readonly Unreadable[];
  /** Whether there ever was a key, be it revoked by now. */
  readonly everMade: boolean;
}

/**
 * The API keys that were made while the system ran. A key is never deleted, only revoked. Throws an `Outage` where the
 * database cannot be reached, as `Queries` does.
 */
export interface ApiKeys {
  live(): Promise<LiveApiKeys>;
  /** Newest first. */
  list(paging: Paging<ApiKeyId>): Promise<Read<ApiKeyRecord>[]>;
  /**
   * Keeps a key. False, and nothing is kept, where its claim is taken, or where it does not rotate and another one that
   * does not, of the same name, lives.
   */
  create(record: ApiKeyRecord): Promise<boolean>;
  /** The key that a claim has made, be it revoked by now. Throws `RecordUnreadable`. */
  claimed(claimKey: string): Promise<ApiKeyRecord | undefined>;
  /**
   * Ends a key, unless it has ended before, and gives it as it is then; `undefined` where there is none. One that cannot be
   * read ends as well.
   */
  revoke(id: ApiKeyId, at: Instant): Promise<Read<ApiKeyRecord> | undefined>;
}
