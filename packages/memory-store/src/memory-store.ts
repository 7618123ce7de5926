import type { Commit, Store, Transaction } from "@holdfast/engine";
import type { MemoryTables, StoreClock } from "./memory-tables.ts";

/** Whoever commits first wins, so a batch loses at most once to each of the others; only a taken id never gives way. */
const attemptsMax = 1_000;

/**
 * The store contract at its plainest. Between load and commit others get their turn, as with a real database: the
 * version guards are what keeps a batch that was decided on old state from being written.
 */
export class MemoryStore implements Store {
  readonly #tables: MemoryTables;
  readonly #clock: StoreClock;

  constructor(tables: MemoryTables, clock: StoreClock) {
    this.#tables = tables;
    this.#clock = clock;
  }

  async transact({ id, commands, decide }: Transaction): Promise<Commit> {
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const loaded = this.#tables.load(commands);
      const batch = decide(loaded, commands, this.#clock());
      await Promise.resolve();
      if (!this.#tables.unchangedSince(batch) || !this.#tables.stillHas(loaded)) continue;
      this.#tables.write(id, batch);
      return { kind: "committed", batch };
    }
    return { kind: "not_committed", transient: false, cause: new Error("an id is taken by something else") };
  }
}
