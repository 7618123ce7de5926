import { levelContributions, partsOf, perUnitOf } from "./contributions.ts";
import { declarationOf, type Entities, type EntityName } from "./entities.ts";
import { addSums, foldOn, type Line, noSums, type StoredLevel, type Sums, sumsUnder } from "./fold.ts";
import type { JournalEntry } from "./journal.ts";
import { balanceAfter } from "./movements.ts";
import { isEnough, type Recount, recountOf, type Trust } from "./reconcile.ts";
import { emptyLevel, type LevelName, levelKey, type StockLevel } from "./stock-level.ts";
import type { Read } from "./stored/unreadable.ts";

/** What a level is added up from. May hold what is none of the level's. */
export interface RecountSources {
  readonly entities: { readonly [N in EntityName]: { values(): Iterable<Entities[N]> } };
  /** In order of commit. */
  readonly journal: readonly JournalEntry[];
}

/** A level's recount, written out plainly: stores work the same out by the means of their database. */
export function recountPlainly(level: StoredLevel, { entities, journal }: RecountSources, trust: Trust): Recount {
  const through = level.fold?.through ?? {};
  const journalled = journalledIn(journal, level);
  const behind = sumsOf(level, entities, (name, id) => id > (through[name] ?? ""));
  const recount = recountOf(level, journalled, behind);
  if (isEnough(recount, trust)) return recount;
  return recountOf(
    level,
    journalled,
    behind,
    sumsOf(level, entities, (name, id) => id <= (through[name] ?? "")),
  );
}

/** A level with its fold moved on by one step, as plainly; `undefined` where there is nothing to move it over. */
export function foldPlainly(level: StoredLevel, entities: RecountSources["entities"]): StoredLevel | undefined {
  const key = levelKey(level.sku, level.locationId);
  const next = levelContributions.map(([name]) => {
    const { keyOf } = declarationOf(name);
    const behind = level.fold?.through[name] ?? "";
    const lines: Line[] = [];
    for (const entity of entities[name].values()) {
      const id = keyOf(entity as never);
      if (id <= behind) continue;
      for (const { key: of, units, status } of partsOf("levels", name, entity as never)) {
        if (of === key) lines.push({ id, status, units });
      }
    }
    return [name, lines.sort((one, other) => (one.id < other.id ? -1 : 1))] as const;
  });
  return foldOn(level, Object.fromEntries(next));
}

function sumsOf(
  { sku, locationId }: LevelName,
  entities: RecountSources["entities"],
  counts: (name: EntityName, id: string) => boolean,
): Sums {
  const level = levelKey(sku, locationId);
  let sums = noSums;
  for (const [name, contribution] of levelContributions) {
    const { keyOf } = declarationOf(name);
    for (const entity of entities[name].values()) {
      if (!counts(name, keyOf(entity as never))) continue;
      for (const { key, units, status } of partsOf("levels", name, entity as never)) {
        if (key !== level) continue;
        sums = addSums(sums, sumsUnder(perUnitOf<"levels">(contribution, status), Number(units)));
      }
    }
  }
  return sums;
}

function journalledIn(journal: readonly JournalEntry[], { sku, locationId }: LevelName): Read<StockLevel> {
  const last = journal.findLast(({ levelsBefore }) =>
    levelsBefore.some((before) => before.sku === sku && before.locationId === locationId),
  );
  return last === undefined ? emptyLevel(sku, locationId) : balanceAfter(last, { sku, locationId });
}
