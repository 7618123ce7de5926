import { foldOn, isReadable, type LevelName, levelKey } from "@holdfast/domain";
import type { Folds } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { isRetryable } from "./conflicts.ts";
import { linesBehind } from "./contribution-pipelines.ts";
import { entityOf } from "./documents.ts";
import { reached } from "./reached.ts";

/** A level that others move all the time is left for later. */
const attemptsMax = 3;

/** Levels' folds. A step locks nothing while it reads: those who sell from a hot level never wait for it. */
export function mongoFolds(collections: Collections): Folds {
  const { levels } = collections;
  return {
    async foldOn(level) {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const ended = await reached(stepOn(collections, level));
        if (ended !== "moved") return ended === "folded";
      }
      return false;
    },
    async forget({ sku, locationId, folds }) {
      if (folds === undefined) return;
      const filter = { _id: levelKey(sku, locationId), folds };
      await reached(levels.updateOne(filter, { $unset: { fold: "" }, $inc: { folds: 1 } }));
    },
  };
}

/**
 * One step: it reads the level, then what comes behind its fold, and writes only if the level has not moved since. Whatever
 * changes what is contributed to a level moves it.
 */
async function stepOn(collections: Collections, name: LevelName): Promise<"folded" | "nothing" | "moved"> {
  const { levels } = collections;
  const _id = levelKey(name.sku, name.locationId);
  const document = await levels.findOne({ _id });
  const level = document === null ? undefined : entityOf("levels", document);
  if (level === undefined || !isReadable(level)) return "nothing";
  const folded = foldOn(level, await linesBehind(collections, name, level.fold?.through ?? {}));
  if (folded?.fold === undefined) return "nothing";
  const filter: object = { _id, version: level.version, folds: level.folds ?? null };
  try {
    const set = { fold: folded.fold, folds: folded.folds ?? 0 };
    return (await levels.updateOne(filter, { $set: set })).matchedCount === 1 ? "folded" : "moved";
  } catch (error) {
    if (isRetryable(error)) return "moved";
    throw error;
  }
}
