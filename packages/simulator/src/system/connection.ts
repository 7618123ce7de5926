import { type Commit, type Queries, type Store, type Transaction, Unavailable } from "@holdfast/engine";
import type { Landed, SimulatedDatabase } from "./simulated-database.ts";

/** The reference of an adjustment that the rules allow and the simulated database cannot write. */
export const unwritable = "unwritable";

/** What a worker reads. */
export type WorkerQueries = Pick<Queries, "now" | "dueReservations" | "nextExpiry" | "feed" | "feedEnd">;

/** Between two looks at a database that is away. */
const retryMs = 50;

/** The process at the other end. */
export interface Peer {
  /** Kills it. */
  crash(): void;
  /** Called for each fault that makes it retry, now or later. */
  hinder(): void;
}

/**
 * One process's connection to the database. When the process dies, it breaks: no answer arrives any more, though a commit that is on its
 * way may still reach the database.
 */
export class Connection implements Store {
  readonly #database: SimulatedDatabase;
  readonly #peer: Peer;
  #broken = false;

  constructor(database: SimulatedDatabase, peer: Peer) {
    this.#database = database;
    this.#peer = peer;
  }

  break(): void {
    this.#broken = true;
  }

  async transact({ id, commands, decide, timeoutMs }: Transaction): Promise<Commit> {
    const { time, tables, clock } = this.#database;
    const deadline = time.now() + timeoutMs;
    for (;;) {
      await this.#travel();
      if (time.now() >= deadline) return notCommitted("no time left");
      if (this.#database.away) {
        await time.sleep(retryMs);
        continue;
      }
      const now = clock.now();
      const { edits } = this.#database;
      const since = this.#database.point();
      const loaded = tables.load(commands);
      const batch = decide(loaded, commands, now);
      if (batch.events.length === 0) {
        await this.#travel();
        return { kind: "committed", batch };
      }
      const commit = await this.#commit({ id, now, loaded, batch, edits, since });
      if (commit === "conflict" || commit.kind !== "committed") this.#peer.hinder();
      if (commit !== "conflict") return commit;
    }
  }

  readonly queries: WorkerQueries = {
    now: () => this.#read((queries) => queries.now()),
    dueReservations: (now, limit) => this.#read((queries) => queries.dueReservations(now, limit)),
    nextExpiry: (after, until) => this.#read((queries) => queries.nextExpiry(after, until)),
    feed: (paging) => this.#read((queries) => queries.feed(paging)),
    feedEnd: (seen) => this.#read((queries) => queries.feedEnd(seen)),
  };

  /** Plays everything that can happen between a decision and its answer. */
  async #commit(landed: Landed): Promise<Commit | "conflict"> {
    const database = this.#database;
    const { faults, random, time } = database;
    const { batch } = landed;
    if (batch.writes.adjustments.some(({ after }) => after.reference === unwritable))
      return notCommitted("too large", false);
    if (faults.strikes("crash before commit")) return this.#die();
    if (faults.strikes("crash during commit")) {
      time.after(database.latencyMs(), () => database.land(landed));
      return this.#die();
    }
    await time.sleep(database.latencyMs());
    if (this.#broken) {
      if (random.chance(0.5)) database.land(landed);
      return never();
    }
    if (database.away) return "conflict";
    if (database.full) return notCommitted("the disk is full");
    if (faults.strikes("abort")) return notCommitted("aborted");
    if (faults.strikes("conflict")) return "conflict";
    if (faults.strikes("answer lost, not committed")) return unknown();
    if (faults.strikes("answer lost, commits later")) {
      time.after(random.between(1, 3_000), () => database.land(landed));
      return unknown();
    }
    if (!database.land(landed)) return "conflict";
    if (faults.strikes("crash after commit")) return this.#die();
    if (faults.strikes("answer lost, committed")) return unknown();
    if (faults.strikes("store throws, committed")) return this.#throw();
    await this.#travel();
    return { kind: "committed", batch };
  }

  async #read<Value>(query: (queries: Queries) => Promise<Value>): Promise<Value> {
    await this.#travel();
    if (this.#database.away) throw new Unavailable("the store is away");
    const value = await query(this.#database.queries);
    await this.#travel();
    return value;
  }

  async #travel(): Promise<void> {
    await this.#database.time.sleep(this.#database.latencyMs());
    if (this.#broken) await never();
  }

  #die(): Promise<never> {
    this.#peer.crash();
    return never();
  }

  /** A store that breaks its contract, which the engine has to survive. */
  #throw(): never {
    this.#peer.hinder();
    throw new Error("the store has a bug");
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function notCommitted(why: string, transient = true): Commit {
  return { kind: "not_committed", transient, cause: new Error(why) };
}

function unknown(): Commit {
  return { kind: "unknown", cause: new Error("the answer was lost") };
}
