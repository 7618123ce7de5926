import { type Batch, type Instant, levelKey, plainLevel, type Snapshot, type StockLevel } from "@holdfast/domain";
import type { FeedEpoch, Queries } from "@holdfast/engine";
import { type MemoryTables, memoryQueries } from "@holdfast/memory-store";
import type { Random } from "../random.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Faults } from "./faults.ts";
import type { Edit } from "./random-edit.ts";
import type { StoreClock } from "./store-clock.ts";

/** A commit as the database saw it. `now`: its clock when the batch was decided. */
export interface Landed {
  readonly id: string;
  readonly now: Instant;
  /** What it was decided on. */
  readonly loaded: Snapshot;
  readonly batch: Batch;
  /** The number of edits before it was decided. */
  readonly edits: number;
  /** The point of the ledger's time at which it was decided. */
  readonly since: number;
}

export interface DatabaseParts {
  readonly time: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly clock: StoreClock;
  readonly tables: MemoryTables;
  /** Decides which levels are folded, and when. Its own: folds change no history but for the races that they win. */
  readonly foldDice: Random;
  /** The point of the ledger's time. */
  readonly point: () => number;
  readonly onCommit: (landed: Landed) => void;
  readonly onEdit: (level: StockLevel) => void;
}

/** No simulated database is restored. */
const epoch = "0".repeat(26) as FeedEpoch;

/** The one database that all processes share, with its faults. */
export class SimulatedDatabase {
  readonly time: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly clock: StoreClock;
  readonly tables: MemoryTables;
  readonly queries: Queries;
  readonly point: () => number;
  readonly #onCommit: (landed: Landed) => void;
  readonly #onEdit: (level: StockLevel) => void;
  readonly #foldDice: Random;
  readonly #lastEdits = new Map<string, number>();
  /** Edits by hand so far. */
  edits = 0;
  away = false;
  full = false;
  slow = false;
  /** Commits that conflicted with another process. */
  racesLost = 0;

  constructor({ time, random, faults, clock, tables, foldDice, point, onCommit, onEdit }: DatabaseParts) {
    this.time = time;
    this.random = random;
    this.faults = faults;
    this.clock = clock;
    this.tables = tables;
    this.queries = memoryQueries(tables, clock.now, epoch);
    this.#foldDice = foldDice;
    this.point = point;
    this.#onCommit = onCommit;
    this.#onEdit = onEdit;
  }

  /** The time a message takes one way, in milliseconds. */
  latencyMs(): number {
    return this.random.between(1, 10) * (this.slow ? 100 : 1);
  }

  /** Commits a decided batch, unless something that it is based on has changed. */
  land(landed: Landed): boolean {
    this.#fold();
    const { batch, loaded } = landed;
    if (!this.tables.unchangedSince(batch) || !this.tables.stillHas(loaded) || this.#editedSince(landed)) {
      this.racesLost += 1;
      return false;
    }
    this.tables.write(landed.id, landed.batch);
    this.#onCommit(landed);
    return true;
  }

  /** A worker moves a level's fold on: before a commit, so that some batches were decided on another one. */
  #fold(): void {
    const { levels } = this.tables.entities;
    if (levels.size > 0 && this.#foldDice.chance(0.3)) this.tables.foldOn(this.#foldDice.pick([...levels.values()]));
  }

  /** Edits a level by hand, behind every process's back. */
  edit({ key, change }: Edit): void {
    const before = this.tables.entities.levels.get(key);
    if (before === undefined) return;
    const level = { ...before, ...change };
    this.edits += 1;
    this.#lastEdits.set(key, this.edits);
    this.tables.entities.levels.set(key, level);
    this.#onEdit(plainLevel(level));
  }

  /** A transaction conflicts with an edit of what it writes, even if the edit kept the version. */
  #editedSince({ batch, edits }: Landed): boolean {
    return batch.writes.levels.some(
      ({ after: { sku, locationId } }) => (this.#lastEdits.get(levelKey(sku, locationId)) ?? 0) > edits,
    );
  }
}
