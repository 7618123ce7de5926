import { levelKey } from "@holdfast/domain";
import type { Folds } from "@holdfast/engine";
import type { MemoryTables } from "./memory-tables.ts";

/** Levels' folds, worked out and written in one breath. */
export function memoryFolds(tables: MemoryTables): Folds {
  const { levels } = tables.entities;
  return {
    foldOn: async (level) => tables.foldOn(level),
    forget: async ({ sku, locationId, folds }) => {
      const key = levelKey(sku, locationId);
      const level = levels.get(key);
      if (level === undefined || folds === undefined || level.folds !== folds) return;
      const { fold: _fold, ...unfolded } = level;
      levels.set(key, { ...unfolded, folds: folds + 1 });
    },
  };
}
