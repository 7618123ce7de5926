import type { Batch, Command, OrderId, Snapshot } from "@holdfast/domain";
import type { Commit, Store, Transaction } from "@holdfast/engine";
import { MemoryTables } from "@holdfast/memory-store";
import type { Scheduler } from "../scheduler.ts";
import type { Planted } from "../world.ts";

class WithoutGuard extends MemoryTables {
  override unchangedSince(): boolean {
    return true;
  }
}

/** Guards what a batch changes, but not the keys of new entities, which may have been taken meanwhile. */
class WithoutKeyGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    const orders = batch.writes.orders.filter(({ before }) => before !== undefined);
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, orders, adjustments: [], corrections: [] } });
  }
}

class WithoutJournal extends MemoryTables {
  #writes = 0;

  override write(id: string, batch: Batch): void {
    super.write(id, batch);
    this.#writes += 1;
    if (this.#writes % 10 === 0) this.journal.pop();
  }
}

class WritesPart extends MemoryTables {
  override write(id: string, batch: Batch): void {
    const { orders } = batch.writes;
    super.write(id, {
      ...batch,
      writes: { ...batch.writes, orders: orders.length > 1 ? orders.slice(0, -1) : orders },
    });
  }
}

class ClaimsLater extends MemoryTables {
  readonly #time: Scheduler;

  constructor(time: Scheduler) {
    super();
    this.#time = time;
  }

  override write(id: string, batch: Batch): void {
    super.write(id, batch);
    for (const { after } of batch.writes.orders) {
      const { claim } = after;
      if (claim === undefined) continue;
      this.claims.orders.delete(claim.key);
      this.#time.after(20, () => this.claims.orders.set(claim.key, after.id));
    }
  }
}

/** Caches the levels that it loads for a second. */
class CachesLevels extends MemoryTables {
  readonly #time: Scheduler;
  #cached = new Map<string, { readonly snapshot: Snapshot; readonly until: number }>();

  constructor(time: Scheduler) {
    super();
    this.#time = time;
  }

  override load(commands: readonly Command[]): Snapshot {
    const fresh = super.load(commands);
    const levels = new Map(fresh.levels);
    for (const key of fresh.levels.keys()) {
      let kept = this.#cached.get(key);
      if (kept === undefined || kept.until < this.#time.now()) {
        kept = { snapshot: fresh, until: this.#time.now() + 1_000 };
        this.#cached.set(key, kept);
      }
      const level = kept.snapshot.levels.get(key);
      if (level !== undefined) levels.set(key, level);
    }
    return { ...fresh, levels };
  }
}

/** A store that changes the result of a commit. */
function ending(change: (commit: Commit, transaction: Transaction, store: Store) => Commit | Promise<Commit>): Planted {
  return {
    store: (store) => ({
      transact: async (transaction) => await change(await store.transact(transaction), transaction, store),
    }),
  };
}

/** Mistakes in a store, or in how its answers are used. */
export const storeBugs: Readonly<Record<string, Planted>> = {
  "versions are not guarded": { tables: () => new WithoutGuard() },
  "a key that was taken meanwhile is not seen": { tables: () => new WithoutKeyGuard() },
  "a key is claimed after the commit": { tables: (time) => new ClaimsLater(time) },
  "a journal entry is missing": { tables: () => new WithoutJournal() },
  "a batch is written in part": { tables: () => new WritesPart() },
  "levels are cached across batches": { tables: (time) => new CachesLevels(time) },
  "an unknown commit is called not written": ending((commit) =>
    commit.kind === "unknown" ? { kind: "not_committed", transient: true, cause: commit.cause } : commit,
  ),
  "an unknown commit is called written": {
    store: (store) => ({
      transact: async (transaction) => {
        let decided: Batch | undefined;
        const decide: Transaction["decide"] = (...asked) => {
          decided = transaction.decide(...asked);
          return decided;
        };
        const commit = await store.transact({ ...transaction, decide });
        return commit.kind === "unknown" && decided !== undefined ? { kind: "committed", batch: decided } : commit;
      },
    }),
  },
  "an unknown commit is tried again under new ids": ending((commit, transaction, store) => {
    if (commit.kind !== "unknown") return commit;
    const commands = transaction.commands.map((command) =>
      command.type === "PlaceOrder" ? { ...command, orderId: `${command.orderId}-again` as OrderId } : command,
    );
    return store.transact({ ...transaction, id: `${transaction.id}-again`, commands });
  }),
  "answers of a batch are swapped": ending((commit) => {
    if (commit.kind !== "committed") return commit;
    const { batch } = commit;
    return { kind: "committed", batch: { ...batch, outcomes: batch.outcomes.toReversed() } };
  }),
  "a batch is answered before it is written": {
    store: (store, time) => ({
      transact: async (transaction) => {
        let decided: Batch | undefined;
        const decide: Transaction["decide"] = (...asked) => {
          decided = transaction.decide(...asked);
          return decided;
        };
        const written = store.transact({ ...transaction, decide });
        await Promise.race([written, time.sleep(12)]);
        return decided === undefined ? await written : { kind: "committed", batch: decided };
      },
    }),
  },
  "a commit is never answered": ending((commit) => (commit.kind === "unknown" ? new Promise(() => {}) : commit)),
};
