import type { Batch, Instant } from "@holdfast/domain";
import type { FeedEpoch, Queries } from "@holdfast/engine";
import { type MemoryTables, memoryQueries } from "@holdfast/memory-store";
import type { Random } from "../random.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Faults } from "./faults.ts";
import type { StoreClock } from "./store-clock.ts";

/** A commit as the database saw it. `now`: its clock when the batch was decided. */
export interface Landed {
  readonly id: string;
  readonly now: Instant;
  readonly batch: Batch;
}

export interface DatabaseParts {
  readonly time: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly clock: StoreClock;
  readonly tables: MemoryTables;
  readonly onCommit: (landed: Landed) => void;
}

/** No simulated database is restored. */
const epoch = "0".repeat(26) as FeedEpoch;

/** The one database that all processes share, and the weather it is in. */
export class SimulatedDatabase {
  readonly time: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly clock: StoreClock;
  readonly tables: MemoryTables;
  readonly queries: Queries;
  readonly #onCommit: (landed: Landed) => void;
  away = false;
  full = false;
  slow = false;
  /** Commits that found their ground changed by another process. */
  racesLost = 0;

  constructor({ time, random, faults, clock, tables, onCommit }: DatabaseParts) {
    this.time = time;
    this.random = random;
    this.faults = faults;
    this.clock = clock;
    this.tables = tables;
    this.queries = memoryQueries(tables, clock.now, epoch);
    this.#onCommit = onCommit;
  }

  /** One way of a message, in milliseconds. */
  latencyMs(): number {
    return this.random.between(1, 10) * (this.slow ? 100 : 1);
  }

  /** Commits a decided batch, or does not because something that it stands on has changed. */
  land(landed: Landed): boolean {
    if (!this.tables.unchangedSince(landed.batch)) {
      this.racesLost += 1;
      return false;
    }
    this.tables.write(landed.id, landed.batch);
    this.#onCommit(landed);
    return true;
  }
}
