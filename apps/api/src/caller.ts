import type { Actor } from "@holdfast/domain";
import type { ApiKeyRecord } from "@holdfast/engine";
import { scopes } from "@holdfast/http-contract";

/** Who asks, and what that caller may do. */
export interface Caller {
  /** What its requests are counted by: one for each key. */
  readonly id: string;
  readonly actor: Actor;
  readonly scopes: ReadonlySet<string>;
  /** The caller's own limit; 0: as many as come. Left out: whatever the API is set to. */
  readonly rateLimitPerSecond?: number;
}

const everything: ReadonlySet<string> = new Set(scopes);

/** Anybody, while the API is open. */
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
