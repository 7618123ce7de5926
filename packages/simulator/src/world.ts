import { type EngineLimits, type EngineParts, engineLimits, type Queries, type Store } from "@holdfast/engine";
import { MemoryTables } from "@holdfast/memory-store";
import type { FeedConsumer, Job } from "@holdfast/scheduler";
import { HeldBook } from "./checks/held-book.ts";
import { History } from "./checks/history.ts";
import { JournalFold } from "./checks/journal-fold.ts";
import { Ledger } from "./checks/ledger.ts";
import { type Lane, Shedding } from "./checks/shedding.ts";
import { tableFaults } from "./checks/table-faults.ts";
import { type Crowd, randomCrowd } from "./people/crowd.ts";
import { Requests } from "./people/requests.ts";
import { Random } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import type { WorkerQueries } from "./system/connection.ts";
import { Faults } from "./system/faults.ts";
import { Hindrances } from "./system/hindrances.ts";
import { Relay } from "./system/relay.ts";
import { SimulatedDatabase } from "./system/simulated-database.ts";
import { SimulatedRedis } from "./system/simulated-redis.ts";
import { ListReader, type StockLists } from "./system/stock-lists.ts";
import { StoreClock } from "./system/store-clock.ts";

/** The real parts that a planted bug replaces. Empty without one. */
export interface Planted {
  readonly tables?: (time: Scheduler) => MemoryTables;
  /** Wraps the store that each engine is given. */
  readonly store?: (store: Store, time: Scheduler) => Store;
  /** Makes each API process's engine. */
  readonly engine?: (parts: EngineParts & { readonly clock: Scheduler; readonly limits: EngineLimits }) => Lane;
  /** Wraps what each worker reads. */
  readonly queries?: (queries: WorkerQueries, time: Scheduler) => WorkerQueries;
  /** Makes the lists of what is short and what is low. */
  readonly lists?: (queries: Queries) => StockLists;
  /** Wraps each worker's sweep. */
  readonly sweep?: (sweep: Job) => Job;
  /** Wraps each worker's consumer of the feed. */
  readonly consumer?: (consumer: FeedConsumer) => FeedConsumer;
  /** Wraps what a wake-up calls. */
  readonly wake?: (wake: () => Promise<void>) => () => Promise<void>;
  readonly sweepIntervalMs?: number;
}

/** Small bounds for the engines of API processes, so that simulations reach them. */
const bounds: readonly Partial<EngineLimits>[] = [
  { queueMax: 12, batchMax: 5, waitMsMax: 2_000 },
  { queueMax: 12, batchMax: 5, waitMsMax: 2_000 },
  { queueMax: 40, batchMax: 2, waitMsMax: 300 },
  { queueMax: 3, batchMax: 3, waitMsMax: 100 },
];

/** All that a simulation's processes and people share. */
export class World {
  readonly random: Random;
  readonly time: Scheduler;
  readonly history: History;
  readonly faults: Faults;
  readonly crowd: Crowd;
  readonly clock: StoreClock;
  readonly ledger: Ledger;
  readonly requests: Requests;
  readonly database: SimulatedDatabase;
  readonly redis: SimulatedRedis;
  readonly relay: Relay;
  readonly hindrances: Hindrances;
  readonly limits: EngineLimits;
  readonly shedding: Shedding;
  readonly planted: Planted;
  #ids = 0;

  constructor(seed: number, planted: Planted) {
    this.random = new Random(seed);
    this.time = new Scheduler(this.random);
    this.history = new History(this.time);
    this.faults = new Faults(this.random);
    this.crowd = randomCrowd(this.random);
    this.ledger = new Ledger(new HeldBook(this.crowd.bounds));
    this.requests = new Requests(this.history, this.ledger);
    this.clock = new StoreClock(this.time);
    this.hindrances = new Hindrances(this.time);
    this.limits = { ...engineLimits, commitMsMax: 4_000, ...this.random.pick(bounds) };
    this.shedding = new Shedding(this.time, this.history, this.limits);
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
      foldDice: new Random(~seed),
      point: () => this.ledger.point,
      onCommit: (landed) => {
        const what = landed.batch.events.map((event) => event.type);
        this.history.note("store", `commits ${landed.id.slice(-6)} at ${landed.now}: ${what.join(" ")}`);
        this.history.violate(
          ...this.ledger.enter(landed, clock.latest),
          ...tableFaults(tables, this.ledger),
          ...journal.faults(tables, this.ledger.commits),
        );
        lists.look();
      },
      onEdit: (level) => {
        this.history.note("store", `is edited: ${JSON.stringify(level)}`);
        this.ledger.enterEdit(level);
        journal.edited(level);
      },
    });
    const lists = new ListReader(this, new Random(~seed ^ 1));
    this.redis = new SimulatedRedis(time, random, faults);
    this.relay = new Relay(this);
  }

  /** 26 characters that sort by time, as every id here. */
  readonly newId = (): string => {
    this.#ids += 1;
    return String(this.#ids).padStart(26, "0");
  };
}
