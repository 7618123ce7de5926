import { type Contributed, contributionsOf, levelContributions, perUnitOf } from "./contributions.ts";
import { declarationOf, type Entity, type EntityName } from "./entities.ts";
import type { PerUnit } from "./entity-declaration.ts";
import type { Changes, Tables } from "./snapshot.ts";
import { type Balances, levelKey } from "./stock-level.ts";
import { isInteger } from "./stored/field-checks.ts";
import { addTallies, noTally, sameTallies, type Tally } from "./tally.ts";

/** How stores fold. */
export const foldLimits = {
  /** What has moved less often since then is recounted in a millisecond or two. */
  afterMovements: 1_000,
  /** Contributions of each kind in one step: a transaction of a few milliseconds, for which sales of the level wait. */
  linesMax: 2_000,
} as const;

/** Contributions to a level, added up. */
export interface Sums {
  /** Units under each counter. */
  readonly units: Tally;
  /** How many contributions add to each counter. What takes from it, as a fulfilment does from what is sold, is not among them. */
  readonly counts: Tally;
}

export const noSums: Sums = { units: noTally, counts: noTally };

/** Ids up to which something goes, each included, by the kind of entity. Of a kind that is left out: none. */
export type Through = { readonly [N in EntityName]?: string };

/**
 * What old orders and adjustments contribute to a level, added up once, so that a recount begins behind them. It saves time and does
 * nothing else: a level without one is added up from the beginning.
 */
export interface Fold extends Sums {
  readonly through: Through;
  /** The level's version when all that was closed was in it. */
  readonly version: number;
}

/** A level as stores keep it. */
export interface StoredLevel extends Balances {
  readonly fold?: Fold;
  /** How often its fold was moved on or forgotten. Left out: never. Guards the fold as the version guards the counters. */
  readonly folds?: number;
}

/** One entity's contribution to a level, as a store has found it. */
export interface Line {
  /** The entity's key. */
  readonly id: string;
  readonly status?: unknown;
  readonly units: unknown;
}

/** Whether enough has moved since all that was closed was in a level's fold. */
export function isWorthFolding({ version, fold }: StoredLevel): boolean {
  return version - (fold?.version ?? 0) >= foldLimits.afterMovements;
}

/**
 * A level with its fold moved on by one step, over what comes next of each kind in order of id: up to the first that is open, or that
 * counts no whole units. `undefined` where that is nothing.
 */
export function foldOn(
  level: StoredLevel,
  next: { readonly [N in EntityName]?: Iterable<Line> },
): StoredLevel | undefined {
  const { version, folds = 0 } = level;
  let fold: Fold = level.fold ?? { ...noSums, through: {}, version: 0 };
  let isWhole = true;
  for (const [name, contribution] of levelContributions) {
    let lines = 0;
    for (const line of next[name] ?? []) {
      const { id, status, units } = line;
      if (!isInteger(units) || contribution.open?.some((open) => open === status)) break;
      if (lines === foldLimits.linesMax) {
        isWhole = false;
        break;
      }
      lines += 1;
      const sums = addSums(fold, sumsUnder(perUnitOf<"levels">(contribution, status), units));
      fold = { ...fold, ...sums, through: { ...fold.through, [name]: id } };
    }
  }
  if (fold === level.fold || Object.keys(fold.through).length === 0) return undefined;
  return { ...level, folds: folds + 1, fold: isWhole ? { ...fold, version } : fold };
}

/** The level with its fold kept right, where one of the entities that an event makes or changes is in it. */
export function keepFold(level: StoredLevel, before: Tables, made: Changes): StoredLevel {
  const { fold } = level;
  if (fold === undefined) return level;
  let sums: Sums = fold;
  for (const [name] of levelContributions) {
    for (const entity of (made[name] ?? []) as readonly Entity[]) {
      const id = declarationOf(name).keyOf(entity as never);
      if (id > (fold.through[name] ?? "")) continue;
      for (const each of contributionsTo(level, name, before[name].get(id))) sums = plus(sums, each, -1);
      for (const each of contributionsTo(level, name, entity)) sums = plus(sums, each, 1);
    }
  }
  return sums === fold ? level : { ...level, fold: { ...fold, ...sums } };
}

function contributionsTo({ sku, locationId }: Balances, name: EntityName, entity: Entity | undefined) {
  if (entity === undefined) return [];
  const key = levelKey(sku, locationId);
  return contributionsOf("levels", name, entity as never).filter((each) => each.key === key);
}

function plus({ units, counts }: Sums, { counter, units: some, adds }: Contributed<"levels">, times: 1 | -1): Sums {
  return {
    units: { ...units, [counter]: units[counter] + times * some },
    counts: adds ? { ...counts, [counter]: counts[counter] + times } : counts,
  };
}

/** The sums of `count` contributions with `units` in all, where each unit adds `perUnit`. */
export function sumsUnder(perUnit: PerUnit<"levels"> | undefined, units: number, count = 1): Sums {
  const sums: { readonly [S in keyof Sums]: { -readonly [N in keyof Tally]: number } } = {
    units: { ...noTally },
    counts: { ...noTally },
  };
  for (const name in perUnit) {
    const times = perUnit[name as keyof Tally] ?? 0;
    sums.units[name as keyof Tally] = times * units;
    if (times > 0) sums.counts[name as keyof Tally] = count;
  }
  return sums;
}

/** Two sums together. */
export function addSums(one: Sums, other: Sums): Sums {
  return { units: addTallies(one.units, other.units), counts: addTallies(one.counts, other.counts) };
}

export function sameSums(one: Sums, other: Sums): boolean {
  return sameTallies(one.units, other.units) && sameTallies(one.counts, other.counts);
}
