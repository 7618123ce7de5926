import type { Actor } from "@holdfast/domain";
import type { ApiKeyRecord } from "@holdfast/engine";
import { isStorefront, scopes } from "@holdfast/http-contract";

/** A caller and its rights. */
export interface Caller {
  /** The id by which its requests are counted, one for each key. */
  readonly id: string;
  readonly actor: Actor;
  readonly scopes: ReadonlySet<string>;
  /** Whether the key is public: each of its requests may come from another shopper, or from an attacker. */
  readonly isStorefront: boolean;
  /** The caller's own limit; 0: none. Left out: the API's setting. */
  readonly rateLimitPerSecond?: number;
}

const everything: ReadonlySet<string> = new Set(scopes);

/** A caller without a key, while the API is open. */
export const anonymous: Caller = {
  id: "anonymous",
  actor: "anonymous" as Actor,
  scopes: everything,
  isStorefront: false,
};

/** The holder of a key from `API_KEYS`, which may do everything. Keys of one name are counted together. */
export function environmentCaller(name: Actor): Caller {
  return { id: `env:${name}`, actor: name, scopes: everything, isStorefront: false };
}

/** The holder of a key that was made. */
export function callerWith({ id, name, scopes: held, rateLimitPerSecond }: ApiKeyRecord): Caller {
  const ownScopes = new Set(held);
  return {
    id,
    actor: name,
    scopes: ownScopes,
    isStorefront: isStorefront(ownScopes),
    ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
  };
}
