import {
  type ClaimedName,
  claimKeyOf,
  declarationOf,
  type Entities,
  type Entity,
  type EntityName,
  eachClaimed,
  eachEntity,
} from "./entities.ts";
import type { Recount } from "./reconcile.ts";
import { levelKey } from "./stock-level.ts";
import { claimedKey, isReadable, type Read, recordKey, Unreadable } from "./stored/unreadable.ts";

/** Entities by their key: an SKU, a `levelKey`, an order's id, a `holderKey`. */
export type Tables = { readonly [N in EntityName]: ReadonlyMap<string, Entities[N]> };

/** What an idempotency key has made so far, by key. Each kind of thing has its own name space. */
export type Claims = { readonly [N in ClaimedName]: ReadonlyMap<string, Entities[N]> };

/**
 * What a batch of commands can see: every entity that its commands read, as one consistent read of the store.
 * An entity that is not here does not exist, unless it is among the unreadable ones.
 */
export interface Snapshot extends Tables {
  readonly claims: Claims;
  /** Levels beside what their sources add up to, by `levelKey`: of those that a command asked for. */
  readonly recounts: ReadonlyMap<string, Recount>;
  /** What is there and cannot be read, by `recordKey` and `claimedKey`. */
  readonly unreadable: ReadonlyMap<string, Unreadable>;
}

/** Entities that an event makes or replaces. */
export type Changes = { readonly [N in EntityName]?: readonly Entities[N][] } & {
  /** Kept up to date by events, and never written. */
  readonly recounts?: readonly Recount[];
};

/** What a store has loaded: entities in any order. */
export type Loaded = { readonly [N in EntityName]?: readonly Read<Entities[N]>[] } & {
  readonly recounts?: readonly Read<Recount>[];
};

/** Builds a snapshot from what a store has loaded. */
export function snapshotOf(loaded: Loaded): Snapshot {
  const unreadable = new Map<string, Unreadable>();
  const recounts = readable(loaded.recounts, unreadable);
  const tables = eachEntity<Tables>((name) => {
    const { keyOf } = declarationOf(name);
    const found = readable<Entity>(loaded[name], unreadable);
    return new Map(found.map((entity) => [keyOf(entity as never), entity])) as Tables[EntityName];
  });
  return {
    ...tables,
    claims: eachClaimed<Claims>((name) => claimed<Entities[ClaimedName]>(tables[name].values()) as Claims[ClaimedName]),
    recounts: new Map(recounts.map((recount) => [levelKey(recount.level.sku, recount.level.locationId), recount])),
    unreadable,
  };
}

/** Those that could be read; the others are noted in `unreadable`. */
function readable<Kept>(read: readonly Read<Kept>[] = [], unreadable: Map<string, Unreadable>): readonly Kept[] {
  if (read.every(isReadable)) return read;
  for (const record of read) {
    if (!(record instanceof Unreadable)) continue;
    unreadable.set(recordKey(record.kind, record.id), record);
    if (record.claimKey !== undefined) unreadable.set(claimedKey(record.kind, record.claimKey), record);
  }
  return read.filter(isReadable);
}

function claimed<Made extends Entities[ClaimedName]>(entities: Iterable<Made>): Map<string, Made> {
  const byKey = new Map<string, Made>();
  for (const entity of entities) {
    const key = claimKeyOf(entity);
    if (key !== undefined) byKey.set(key, entity);
  }
  return byKey;
}
