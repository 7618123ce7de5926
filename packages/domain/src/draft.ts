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
import type { Changes, Snapshot } from "./snapshot.ts";
import { levelKey } from "./stock-level.ts";
import type { Unreadable } from "./stored/unreadable.ts";

/** An entity before a batch (`undefined`: it is new) and after it. */
export interface Write<Entity> {
  readonly before: Entity | undefined;
  readonly after: Entity;
}

/** An entity that was there before a batch. */
export interface Change<Entity> {
  readonly before: Entity;
  readonly after: Entity;
}

/** What a batch writes, in order of first change. One that is gone afterwards (see `isGone`) has to be deleted. */
export type Writes = { readonly [N in EntityName]: readonly Write<Entities[N]>[] };

type DraftTables = { readonly [N in EntityName]: Map<string, Entities[N]> };
type DraftClaims = { readonly [N in ClaimedName]: Map<string, Entities[N]> };

/**
 * A snapshot that a batch works on: the one mutable thing in the domain, alive only inside `decideBatch`.
 * The entities in it are values; applying a change replaces them, and never touches the snapshot it began from.
 */
export type Draft = DraftTables & {
  readonly claims: DraftClaims;
  readonly recounts: Map<string, Recount>;
  readonly unreadable: ReadonlyMap<string, Unreadable>;
};

export function draftOf(base: Snapshot): Draft {
  const tables = eachEntity<DraftTables>((name) => new Map(base[name] as never) as DraftTables[EntityName]);
  const claims = eachClaimed<DraftClaims>((name) => new Map(base.claims[name] as never) as DraftClaims[ClaimedName]);
  return { ...tables, claims, recounts: new Map(base.recounts), unreadable: base.unreadable };
}

/** Takes over what an event makes or replaces. One that is gone (see `isGone`) stays in sight until it is written. */
export function apply(draft: Draft, { recounts, ...changes }: Changes): void {
  for (const name in changes) {
    const changed: readonly Entity[] | undefined = changes[name as EntityName];
    if (changed !== undefined) for (const entity of changed) put(draft, name as EntityName, entity);
  }
  for (const recount of recounts ?? [])
    draft.recounts.set(levelKey(recount.level.sku, recount.level.locationId), recount);
}

function put<N extends EntityName>(draft: Draft, name: N, entity: Entities[N]): void {
  (draft[name] as Map<string, Entities[N]>).set(declarationOf(name).keyOf(entity), entity);
  const key = claimKeyOf(entity);
  if (key !== undefined) (draft.claims[name as ClaimedName] as Map<string, Entities[EntityName]>).set(key, entity);
}

/** What a batch has made and replaced. Left out is what is again as it was, and what was not there and is gone. */
export function writesOf(before: Snapshot, after: Draft): Writes {
  return eachEntity<Writes>((name) => writesBetween(name, before[name], after[name]) as Writes[EntityName]);
}

function writesBetween<N extends EntityName>(
  name: N,
  before: ReadonlyMap<string, Entities[N]>,
  after: ReadonlyMap<string, Entities[N]>,
): Write<Entities[N]>[] {
  const { guards, isGone } = declarationOf(name);
  const writes: Write<Entities[N]>[] = [];
  for (const [key, entity] of after) {
    const old = before.get(key);
    if (old === entity) continue;
    const isAsBefore = old === undefined ? isGone?.(entity) : isGuardedBy(guards, old, entity);
    if (!isAsBefore) writes.push({ before: old, after: entity });
  }
  return writes;
}

/** Whether its guards say that nothing of an entity has changed. A loop that allocates nothing: each write comes through here. */
function isGuardedBy<E>(guards: readonly (keyof E)[], before: E, after: E): boolean {
  for (const guard of guards) if (before[guard] !== after[guard]) return false;
  return guards.length > 0;
}

/** The entities that are new, as they are after the batch. */
export function addedBy<Entity>(writes: readonly Write<Entity>[]): Entity[] {
  return writes.filter(({ before }) => before === undefined).map(({ after }) => after);
}

/** The entities that were there before, before and after the batch. */
export function changedBy<Entity>(writes: readonly Write<Entity>[]): Change<Entity>[] {
  return writes.flatMap(({ before, after }) => (before === undefined ? [] : [{ before, after }]));
}
