import {
  availableStock,
  type Batch,
  decide,
  decideBatch,
  decideBatchBy,
  type Event,
  evolve,
  type Snapshot,
  type StoredLevel,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";

/** Mistakes in what readers of the feed hear of low stock. */
export const stockAlertBugs: Readonly<Record<string, Planted>> = {
  "low stock flaps with each reservation": withRules({ evolve: calling((_before, after) => plainly(after)) }),
  "a level is back with the first unit that a rush gives back": withRules({
    evolve: calling((before, after) => (before?.stockAlert === "OUT" ? plainly(after) : after.stockAlert)),
  }),
  "what is low or sold out is never back": withRules({
    evolve: calling((before, after) => after.stockAlert ?? before?.stockAlert),
  }),
  "a level is never called sold out, only low": withRules({
    evolve: calling((_before, { stockAlert }) => (stockAlert === "OUT" ? "LOW" : stockAlert)),
  }),
  "a new threshold is not looked at before the next reservation": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "LevelChanged" || changes.levels === undefined) return changes;
      return {
        ...changes,
        levels: changes.levels.map((level) => called(level, beforeOf(snapshot, level)?.stockAlert)),
      };
    },
  }),
  "what was said of a level is forgotten, and said again": deciding((snapshot, commands, now) =>
    decideBatch(
      { ...snapshot, levels: new Map([...snapshot.levels].map(([key, level]) => [key, called(level, undefined)])) },
      commands,
      now,
    ),
  ),
  "only the last crossing of a batch is said": deciding((snapshot, commands, now) => {
    const batch = decideBatchBy({ decide, evolve }, snapshot, commands, now);
    const last = batch.events.findLast(isAlert);
    return { ...batch, events: batch.events.filter((event) => event === last || !isAlert(event)) };
  }),
};

function deciding(decided: typeof decideBatch): Planted {
  return {
    store: (store) => ({
      transact: (transaction) => store.transact({ ...transaction, decide: (...batch): Batch => decided(...batch) }),
    }),
  };
}

/** `evolve` that calls levels with a threshold something else. */
function calling(
  name: (before: StoredLevel | undefined, after: StoredLevel) => StoredLevel["stockAlert"],
): typeof evolve {
  return (snapshot, event) => {
    const changes = evolve(snapshot, event);
    if (changes.levels === undefined) return changes;
    const levels = changes.levels.map((level) =>
      level.lowStockThreshold === undefined ? level : called(level, name(beforeOf(snapshot, level), level)),
    );
    return { ...changes, levels };
  };
}

function beforeOf({ levels }: Snapshot, { sku, locationId }: StoredLevel): StoredLevel | undefined {
  return levels.get(`${sku}@${locationId}`);
}

function called({ stockAlert: _alert, ...level }: StoredLevel, stockAlert: StoredLevel["stockAlert"]): StoredLevel {
  return { ...level, ...(stockAlert !== undefined && { stockAlert }) };
}

/** What a level is, without regard to what it was. */
function plainly(level: StoredLevel): StoredLevel["stockAlert"] {
  const available = availableStock(level);
  if (available <= 0) return "OUT";
  return available <= (level.lowStockThreshold ?? -1) ? "LOW" : undefined;
}

function isAlert({ type }: Event): boolean {
  return type === "StockLow" || type === "StockOut" || type === "StockBack";
}
