import type { Affected } from "./adjustment.ts";
import type { RecordKind } from "./entities.ts";
import type { OrderStatus } from "./order.ts";
import type { Condition } from "./receipt.ts";
import type { Disposition } from "./reversal.ts";
import { claimKeyIn } from "./stored/field-checks.ts";
import { type Read, Unreadable } from "./stored/unreadable.ts";
import type { Tally } from "./tally.ts";
import type { LegState } from "./transfer-units.ts";

/** A value that an entity is found by. Left out: it is not found by this one. */
export type Searched = string | number | undefined;

/** Entities whose counters are sums of what other entities contribute, and those counters. */
export interface Accounts {
  readonly levels: keyof Tally;
  readonly holdings: "units";
}

export type Account = keyof Accounts;

/** Fields by which a part is found, or added up. */
export type Part = { readonly [field: string]: Searched };

/** What one unit adds to counters. Those that are left out it leaves alone. */
export type PerUnit<A extends Account> = { readonly [C in Accounts[A]]?: 1 | -1 };

/** What an entity contributes to an account, as data: stores make their queries of it. */
export interface Contribution<E, A extends Account> {
  /**
   * What contributes: each part of a list of `searchedParts`, each part that a function makes, or, left out, the entity itself. Its
   * fields say whose counter it is, as the key of the account's entity does.
   */
  readonly each?: string | ((entity: E) => readonly Part[]);
  /** The field that says how many units. */
  readonly units: string;
  /** What each of them adds, whatever the entity's status is. Left out: nothing. */
  readonly perUnit?: PerUnit<A>;
  /** The same by the entity's status. Those of a status that is not named count nowhere. */
  readonly byStatus?: { readonly [S in OrderStatus | Disposition | Affected | LegState | Condition]?: PerUnit<A> };
  /** The field of each part that stands for the status. Left out: the entity's own. */
  readonly statusIn?: string;
  /** The status of those that say none. */
  readonly otherwise?: Affected;
  /** Statuses that soon become others: what is open is not folded. */
  readonly open?: readonly (OrderStatus | LegState)[];
}

/** The fields that make an entity's key: one, or two that are joined by `@`. */
export type KeyFields<E> = readonly [keyof E & string] | readonly [keyof E & string, keyof E & string];

/** What is said of an entity, once: with this the domain and the stores read, guard, write and find it. */
export interface Declared<E> {
  /** What its records are called in reports. */
  readonly kind: string;
  readonly key: KeyFields<E>;
  /** The fields that say whether it is still as it was read. None: it never changes once it is made. */
  readonly guards: readonly (keyof E & string)[];
  /** Whether there is no such entity any more; left out where entities stay for ever. */
  readonly isGone?: (entity: E) => boolean;
  /** Whether it is only looked for where another entity says that it is there: where it is not, it has been lost. */
  readonly isNamedByOthers?: true;
  /** What is wrong with one as it is stored, its key apart; `undefined` where nothing is. */
  readonly fault: (stored: unknown) => string | undefined;
  /** Brings what an earlier version has stored into today's form, and leaves out what can be done without. */
  readonly upcast?: (stored: E) => E;
  /** What it is found by, besides its key and its claim. */
  readonly searched: { readonly [field: string]: (entity: E) => Searched };
  /** Fields of its own, among those of `searched`, that lists of it are asked for by. Left out: none. */
  readonly listedBy?: readonly (keyof E & string)[];
  /** What it is found by several times: an order by each of its lines. */
  readonly searchedParts: { readonly [list: string]: (entity: E) => readonly Part[] };
  /** What it adds to the counters of other entities, and nothing else does. Left out: nothing. */
  readonly contributes?: { readonly [A in Account]?: Contribution<E, A> };
  /** The rows of the events that make it, by type. Those of an order stand in event-rows.ts. */
  readonly events?: { readonly [type: string]: object };
}

/** The same with what follows from it. */
export interface EntityDeclaration<E> extends Declared<E> {
  readonly kind: RecordKind;
  readonly keyOf: (entity: E) => string;
  /** Checks what a store has found under a key. `claimKey`: the idempotency key that it was found by. */
  readonly read: (key: string, stored: unknown, claimKey?: string) => Read<E>;
}

/** Declares an entity. Keeps the names of its fields as they are, for types that are derived from them. */
export function entity<E>() {
  return <const D extends Declared<E>>(declared: D): D & Pick<EntityDeclaration<E>, "keyOf" | "read"> => {
    const keyOf = keyReader<E>(declared.key);
    return { ...declared, keyOf, read: recordReader<E>(declared, keyOf) };
  };
}

function keyReader<E>([first, second]: KeyFields<E>): (entity: E) => string {
  if (second === undefined) return (each) => each[first] as string;
  return (each) => `${each[first]}@${each[second]}`;
}

function recordReader<E>(
  { kind, key, fault, upcast }: Declared<E>,
  keyOf: (entity: E) => string,
): EntityDeclaration<E>["read"] {
  const otherKey = `${key.join(" and ")} must be ${key.length === 1 ? "that" : "those"} of its key`;
  return (id, stored, claimKey) => {
    const wrong = fault(stored) ?? (keyOf(stored as E) === id ? undefined : otherKey);
    if (wrong !== undefined) return new Unreadable(kind as RecordKind, id, wrong, claimKey ?? claimKeyIn(stored));
    return upcast === undefined ? (stored as E) : upcast(stored as E);
  };
}
