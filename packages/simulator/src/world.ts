import type { Store } from "@holdfast/engine";
import { MemoryTables } from "@holdfast/store-contract";
import { History } from "./checks/history.ts";
import { JournalFold } from "./checks/journal-fold.ts";
import { Ledger } from "./checks/ledger.ts";
import { tableFaults } from "./checks/table-faults.ts";
import { type Crowd, randomCrowd } from "./people/crowd.ts";
import { Random } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import type { ExpiryQueries } from "./system/connection.ts";
import { Faults } from "./system/faults.ts";
import { SimulatedDatabase } from "./system/simulated-database.ts";
import { SimulatedRedis } from "./system/simulated-redis.ts";
import { StoreClock } from "./system/store-clock.ts";

/** What of the real parts a planted bug replaces. Nothing, where the simulation is for real. */
export interface Planted {
  readonly tables?: (time: Scheduler) => MemoryTables;
  /** Wraps the store that each engine is given. */
  readonly store?: (store: Store, time: Scheduler) => Store;
  /** Wraps what each worker reads. */
  readonly queries?: (queries: ExpiryQueries, time: Scheduler) => ExpiryQueries;
  readonly sweepIntervalMs?: number;
}

/** All that a simulation's processes and people share. */
export class World {
  readonly random: Random;
  readonly time: Scheduler;
  readonly history: History;
  readonly faults: Faults;
  readonly crowd: Crowd;
  readonly clock: StoreClock;
  readonly ledger = new Ledger();
  readonly database: SimulatedDatabase;
  readonly redis: SimulatedRedis;
  readonly planted: Planted;
  #ids = 0;

  constructor(seed: number, planted: Planted) {
    this.random = new Random(seed);
    this.time = new Scheduler(this.random);
    this.history = new History(this.time);
    this.faults = new Faults(this.random);
    this.crowd = randomCrowd(this.random);
    this.clock = new StoreClock(this.time);
    this.planted = planted;
    const { time, random, faults, clock } = this;
    const tables = planted.tables?.(time) ?? new MemoryTables();
    const journal = new JournalFold();
    this.database = new SimulatedDatabase({
      time,
      random,
      faults,
      clock,
      tables,
      onCommit: (landed) => {
        const what = landed.batch.events.map((event) => event.type);
        this.history.note("store", `commits ${landed.id.slice(-6)} at ${landed.now}: ${what.join(" ")}`);
        this.history.violate(
          ...this.ledger.enter(landed),
          ...tableFaults(tables, this.ledger),
          ...journal.faults(tables, this.ledger.commits),
        );
      },
    });
    this.redis = new SimulatedRedis(time, random, faults);
  }

  /** 26 characters that sort by time, as every id here. */
  readonly newId = (): string => {
    this.#ids += 1;
    return String(this.#ids).padStart(26, "0");
  };
}
