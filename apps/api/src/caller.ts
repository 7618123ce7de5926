import type { Actor } from "@holdfast/domain";
import type { ApiKeyRecord } from "@holdfast/engine";
import { scopes } from "@holdfast/http-contract";

/** A caller and its rights. */
export interface Caller {
  /** The id by which its requests are counted, one for each key. */
  readonly id: string;
  readonly actor: Actor;
  readonly scopes: ReadonlySet<string>;
  /** The caller's own limit; 0: none. Left out: the API's setting. */
  readonly rateLimitPerSecond?: number;
}

const everything: ReadonlySet<string> = new Set(scopes);

/** A caller without a key, while the API is open. */
export const anonymous: Caller = { id: "anonymous", actor: "anonymous" as Actor, scopes: everything };

/** The holder of a key from `API_KEYS`, which may do everything. Keys of one name are counted together. */
export function environmentCaller(name: Actor): Caller {
  return { id: `env:${name}`, actor: name, scopes: everything };
}

/** The holder of a key that was made. */
export function callerWith({ id, name, scopes: held, rateLimitPerSecond }: ApiKeyRecord): Caller {
  return {
    id,
    actor: name,
    scopes: new Set(held),
    ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
  };
}
