import { contributionsOf } from "./contributions.ts";
import { type Entities, type EntityName, entityNames } from "./entities.ts";
import type { JournalEntry } from "./journal.ts";
import { balanceAfter } from "./movements.ts";
import type { Recount } from "./reconcile.ts";
import { emptyLevel, levelKey, noFigures, type StockLevel } from "./stock-level.ts";

/** What a level is added up from. May hold what is none of the level's. */
export interface RecountSources {
  readonly entities: { readonly [N in EntityName]: { values(): Iterable<Entities[N]> } };
  /** In order of commit. */
  readonly journal: readonly JournalEntry[];
}

/** A level's recount, written out plainly: stores work the same out by the means of their database. */
export function recountOf(level: StockLevel, { entities, journal }: RecountSources): Recount {
  const { sku, locationId } = level;
  const key = levelKey(sku, locationId);
  const sources = { ...noFigures };
  for (const name of entityNames) {
    for (const entity of entities[name].values()) {
      for (const { key: to, counter, units } of contributionsOf("levels", name, entity as never)) {
        if (to === key) sources[counter] += units;
      }
    }
  }
  const last = journal.findLast(({ levelsBefore }) =>
    levelsBefore.some((before) => before.sku === sku && before.locationId === locationId),
  );
  return { level, sources, journalled: last === undefined ? emptyLevel(sku, locationId) : balanceAfter(last, level) };
}
