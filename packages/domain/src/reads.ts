import type { CommandReads, ListName } from "./command-module.ts";
import { type Command, claimedBy, claimOf, moduleOf } from "./commands.ts";
import {
  type ClaimedName,
  claimedNames,
  declarationOf,
  type Entities,
  type EntityName,
  eachClaimed,
  eachEntity,
  entityNames,
} from "./entities.ts";
import type { Location } from "./location.ts";
import { type Loaded, type Snapshot, snapshotOf } from "./snapshot.ts";
import { type Read, Unreadable } from "./stored/unreadable.ts";

/** The keys of what a store has to load, by table. */
export type Reads = { readonly [N in EntityName]: ReadonlySet<string> } & {
  /** Idempotency keys, by the kind of thing that they claim. */
  readonly claims: { readonly [N in ClaimedName]: ReadonlySet<string> };
  /** Levels whose sources have to be added up anew, by `levelKey`: behind what is folded, and from their beginning. */
  readonly recounts: ReadonlySet<string>;
  readonly fullRecounts: ReadonlySet<string>;
  /** Entities to load whole, beside those that are named. */
  readonly lists: ReadonlySet<ListName>;
};

type MutableReads = { readonly [N in EntityName]: Set<string> } & {
  readonly claims: { readonly [N in ClaimedName]: Set<string> };
  readonly recounts: Set<string>;
  readonly fullRecounts: Set<string>;
  readonly lists: Set<ListName>;
};

/** Entities that are only looked for where others name them. */
const namedByOthers = entityNames.filter((name) => declarationOf(name).isNamedByOthers);

/** What commands name themselves: the first thing to load. */
export function readsOf(commands: readonly Command[]): Reads {
  const reads = noReads();
  for (const command of commands) {
    add(reads, moduleOf(command).reads(command));
    const claim = claimOf(command);
    if (claim !== undefined) reads.claims[claimedBy(command)].add(claim.key);
  }
  return reads;
}

/** What the entities that were found lead to, but for what has been read or found; `undefined` where that is nothing. */
function readsBehind(commands: readonly Command[], found: Snapshot, ...read: readonly Reads[]): Reads | undefined {
  const reads = noReads();
  const seen = withOpened(commands, found);
  let leads = false;
  for (const command of commands) {
    const { leadsTo } = moduleOf(command);
    if (leadsTo !== undefined && add(reads, leadsTo(command, seen, commands), read)) leads = true;
  }
  // A plain order leads nowhere.
  if (!leads) return undefined;
  for (const name of namedByOthers) for (const key of found[name].keys()) reads[name].delete(key);
  for (const { kind, id } of found.unreadable.values()) {
    for (const name of namedByOthers) if (declarationOf(name).kind === kind) reads[name].delete(id);
  }
  return isNothing(reads) ? undefined : reads;
}

/** What was found, with those places active that the batch may open: an order behind that sees what is there. */
function withOpened(commands: readonly Command[], found: Snapshot): Snapshot {
  let locations: Map<string, Location> | undefined;
  for (const command of commands) {
    if (command.type !== "ChangeLocation" || command.active !== true) continue;
    const closed = found.locations.get(command.locationId);
    if (closed === undefined) continue;
    locations ??= new Map(found.locations);
    locations.set(closed.id, { ...closed, active: true });
  }
  return locations === undefined ? found : { ...found, locations };
}

/**
 * Loads a batch's snapshot in steps, whatever the store is made of: what the commands name, then what that leads to.
 *
 *     const plan = new ReadPlan(commands);
 *     for (let reads = plan.next(); reads !== undefined; reads = plan.next()) plan.add(load(reads));
 *     return plan.snapshot;
 */
export class ReadPlan {
  readonly #commands: readonly Command[];
  readonly #first: Reads;
  #behind: Reads | undefined;
  #furthest: Reads | undefined;
  #loaded: Loaded = {};
  #steps = 0;
  snapshot: Snapshot = snapshotOf({});

  constructor(commands: readonly Command[]) {
    this.#commands = commands;
    this.#first = readsOf(commands);
  }

  /** What to load next; `undefined` once all is there. */
  next(): Reads | undefined {
    this.#steps += 1;
    if (this.#steps === 1) return isNothing(this.#first) ? undefined : this.#first;
    if (this.#steps === 2) {
      this.#behind = readsBehind(this.#commands, this.snapshot, this.#first);
      return this.#behind;
    }
    // Only a list leads further: an order that may be held anew at any place.
    if (this.#steps > 3 || this.#behind === undefined || this.#behind.lists.size === 0) return undefined;
    this.#furthest = readsBehind(this.#commands, this.snapshot, this.#first, this.#behind);
    return this.#furthest;
  }

  /** Takes what a store has found of the reads. */
  add(loaded: Loaded): void {
    this.#loaded =
      this.#steps === 1
        ? loaded
        : both(this.#loaded, withLost(loaded, this.#steps === 2 ? this.#behind : this.#furthest));
    this.snapshot = snapshotOf(this.#loaded);
  }
}

function noReads(): MutableReads {
  const tables = eachEntity<{ readonly [N in EntityName]: Set<string> }>(() => new Set());
  return {
    ...tables,
    claims: eachClaimed(() => new Set<string>()),
    recounts: new Set(),
    fullRecounts: new Set(),
    lists: new Set(),
  };
}

/**
 * Adds what has not been read already. A loop that allocates nothing: each command of each batch comes through here.
 *
 * @returns whether there was any
 */
function add(reads: MutableReads, named: CommandReads, read: readonly Reads[] = []): boolean {
  let some = false;
  for (const name in named) {
    const keys = named[name as keyof CommandReads];
    const set: Set<string> = reads[name as keyof CommandReads];
    if (keys === undefined) continue;
    for (const key of keys) {
      if (isRead(read, name as keyof CommandReads, key)) continue;
      set.add(key);
      some = true;
    }
  }
  return some;
}

function isRead(read: readonly Reads[], name: keyof CommandReads, key: string): boolean {
  for (const before of read) if ((before[name] as ReadonlySet<string>).has(key)) return true;
  return false;
}

function isNothing({ claims, ...tables }: Reads): boolean {
  return [...Object.values(tables), ...claimedNames.map((name) => claims[name])].every(({ size }) => size === 0);
}

/** What was read for, with an unreadable record in place of each that another entity names and a store has not found. */
function withLost(loaded: Loaded, asked: Reads | undefined): Loaded {
  const names = namedByOthers.filter((name) => (asked?.[name].size ?? 0) > 0);
  if (names.length === 0) return loaded;
  return {
    ...loaded,
    ...Object.fromEntries(names.map((name) => [name, eachOf(name, asked?.[name] ?? [], loaded[name])])),
  };
}

/** A record for each key of entities that others name: what was found of them, or that it has been lost. */
export function eachOf<N extends EntityName>(
  name: N,
  keys: Iterable<string>,
  found: readonly Read<Entities[N]>[] = [],
): Read<Entities[N]>[] {
  const { kind, keyOf } = declarationOf(name);
  const byKey = new Map(found.map((each) => [each instanceof Unreadable ? each.id : keyOf(each), each]));
  return [...keys].map((key) => byKey.get(key) ?? new Unreadable(kind, key, "must be there"));
}

function both(one: Loaded, other: Loaded): Loaded {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof Loaded)[]);
  return Object.fromEntries([...names].map((name) => [name, [...(one[name] ?? []), ...(other[name] ?? [])]]));
}
