import { foldOn, isReadable, type LevelName, levelKey, type StoredLevel } from "@holdfast/domain";
import type { Folds } from "@holdfast/engine";
import type { ClientSession } from "mongodb";
import type { Collections } from "./collections.ts";
import { linesBehind } from "./contribution-pipelines.ts";
import { entityOf } from "./documents.ts";
import { inOwnTransaction } from "./in-own-transaction.ts";
import { reached } from "./reached.ts";

/** A step that has not got its turn on a hot level by then is left for later. */
const stepMsMax = 5_000;

/** Levels' folds, each step in a transaction. */
export function mongoFolds(collections: Collections): Folds {
  const { client, levels } = collections;
  return {
    async foldOn(level) {
      if (!(await reached(hasMore(collections, level)))) return false;
      const step = inOwnTransaction(client, stepMsMax, (session) => stepOn(collections, level, session), Boolean);
      return await reached(step);
    },
    async forget({ sku, locationId, folds }) {
      if (folds === undefined) return;
      const filter = { _id: levelKey(sku, locationId), folds };
      await reached(levels.updateOne(filter, { $unset: { fold: "" }, $inc: { folds: 1 } }));
    },
  };
}

/** Whether there is anything to fold, at a look that holds up nobody. */
async function hasMore(collections: Collections, name: LevelName): Promise<boolean> {
  const document = await collections.levels.findOne({ _id: levelKey(name.sku, name.locationId) });
  const level = document === null ? undefined : entityOf("levels", document);
  if (level === undefined || !isReadable(level)) return false;
  return foldOn(level, await linesBehind(collections, name, level.fold?.through ?? {}, {}, 1)) !== undefined;
}

/**
 * One step. It begins with the write, so that it is decided at once whether others sell from the level meanwhile: not after
 * thousands of orders have been read.
 */
async function stepOn(collections: Collections, name: LevelName, session: ClientSession): Promise<boolean> {
  const { levels } = collections;
  const _id = levelKey(name.sku, name.locationId);
  const document = await levels.findOneAndUpdate({ _id }, { $inc: { folds: 1 } }, { session });
  const level = document === null ? undefined : entityOf("levels", document);
  if (level === undefined || !isReadable(level)) return false;
  const next = await linesBehind(collections, name, level.fold?.through ?? {}, { session });
  const { fold, folds } = foldOn(level, next) ?? ({} as Partial<StoredLevel>);
  if (fold === undefined) return false;
  await levels.updateOne({ _id }, { $set: { fold, folds: folds ?? 0 } }, { session });
  return true;
}
