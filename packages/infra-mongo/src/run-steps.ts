import { setTimeout as sleep } from "node:timers/promises";
import { type Migration, versionAfter } from "@holdfast/engine";
import type { Collection, Document } from "mongodb";
import type { Collections } from "./collections.ts";
import type { MigrationLock } from "./migration-lock.ts";
import type { MigrationWork, MongoMigration } from "./migrations.ts";

export interface Running {
  readonly onStep?: ((step: Migration) => void) | undefined;
  /** How long a contract waits for older programs to notice it. Milliseconds. */
  readonly contractWaitMs: number;
  readonly documentsAtATime: number;
}

/** Runs steps on a database whose lock is held; the first of them from where another process stopped. */
export async function runSteps(
  collections: Collections,
  lock: MigrationLock,
  steps: readonly MongoMigration[],
  { onStep, contractWaitMs, documentsAtATime }: Running,
): Promise<void> {
  let { version, walkedBefore } = lock;
  for (const step of steps) {
    onStep?.(step);
    const after = versionAfter(version, step);
    if (step.kind === "contract") {
      // Older programs notice, and stop writing, before the step removes anything they use.
      await lock.becomes({ ...version, compatibleFrom: after.compatibleFrom }, "begins");
      await sleep(contractWaitMs);
    }
    await step.run(workOf(collections, lock, walkedBefore, documentsAtATime));
    await lock.becomes(after, "ended");
    version = after;
    walkedBefore = {};
  }
}

function workOf(
  collections: Collections,
  lock: MigrationLock,
  walked: Readonly<Record<string, string | number>>,
  documentsAtATime: number,
): MigrationWork {
  return {
    collections,
    async eachBatch<Stored extends Document>(
      collection: Collection<Stored>,
      change: (documents: readonly Stored[]) => Promise<void>,
    ) {
      const name = collection.collectionName;
      for (let last = walked[name]; ; ) {
        const began = performance.now();
        const documents = await batchBehind(collection, last, documentsAtATime);
        const lastOne = documents.at(-1);
        if (lastOne === undefined) return;
        await change(documents);
        last = lastOne["_id"] as string | number;
        await lock.walked(name, last);
        await sleep(performance.now() - began);
      }
    },
  };
}

function batchBehind<Stored extends Document>(
  collection: Collection<Stored>,
  last: string | number | undefined,
  limit: number,
): Promise<readonly Stored[]> {
  const behind = last === undefined ? {} : { _id: { $gt: last } };
  const found = collection.find(behind as never).sort({ _id: 1 });
  return found.limit(limit).toArray() as Promise<unknown> as Promise<readonly Stored[]>;
}
