import type { Command } from "./commands.ts";
import type { Decision } from "./decision.ts";
import type { ClaimedName, Entities, EntityName } from "./entities.ts";
import type { Event } from "./events.ts";
import type { Instant } from "./ids.ts";
import type { ShownOrder } from "./shown-order.ts";
import type { Snapshot, Tables } from "./snapshot.ts";

/** Entities that are read whole, as a list: all locations that are active. */
export type ListName = "activeLocations";

/** The keys of what a command reads, by table. */
export type CommandReads = { readonly [N in EntityName]?: readonly string[] } & {
  readonly lists?: readonly ListName[];
  /** Levels whose sources have to be added up anew, behind what is folded. */
  readonly recounts?: readonly string[];
  /** The same from their beginning. Costs as much as the level has a history. */
  readonly fullRecounts?: readonly string[];
};

/** What commands about an entity answer with: it alone, or with what belongs to it and is kept apart. */
export type Shown<S extends EntityName> = S extends "orders" ? ShownOrder : Entities[S];

/** What some command answers with. */
export type Subject = { [S in EntityName]: Shown<S> }[EntityName];

/** What a key makes, and what it answers with, the first time and again; `undefined`: its subject is gone. */
type KeyMakes<C, S extends EntityName> = {
  [N in ClaimedName]: {
    readonly of: N;
    readonly answer: (made: Entities[N], tables: Tables, command: C) => Shown<S> | undefined;
  };
}[ClaimedName];

/**
 * A command, whole: what it reads, what it decides, what it answers with. An idempotency key that it carries is looked up
 * among what such keys have made, and replayed, before it is decided.
 */
export interface CommandModule<C, S extends EntityName> {
  /** What the command names itself. */
  readonly reads: (command: C) => CommandReads;
  /**
   * What the entities that were found lead to: an order to its stock. `batch`: all commands that are decided together, one of which may make
   * what is not found. Left out where they lead to nothing.
   */
  readonly leadsTo?: (
    command: C,
    found: Tables & Pick<Snapshot, "recounts">,
    batch?: readonly Command[],
  ) => CommandReads;
  /** The rule. Pure; `snapshot` has all that the command reads. */
  readonly decide: (snapshot: Snapshot, command: C, now: Instant) => Decision;
  /** What the command is about, and answers with as it is afterwards. */
  readonly subject: {
    readonly of: S;
    readonly keyOf: (command: C) => string;
    /** Adds what is kept apart. Left out: nothing is. */
    readonly show?: (entity: Entities[S], tables: Tables) => Shown<S>;
  };
  /** What the events of a dry run would make of the subject. Left out: the command has no dry run. */
  readonly tried?: (events: readonly Event[]) => Shown<S>;
  /** The answer that a replay repeats, where the thing may have changed since. */
  readonly firstAnswer?: (made: Entities[S]) => Shown<S>;
  /** Where an idempotency key makes a record that is kept apart from the subject. Left out: it makes the subject. */
  readonly keyMakes?: KeyMakes<C, S>;
}
