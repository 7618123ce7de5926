import {
  type Command,
  firstLocation,
  type Instant,
  type JournalEntry,
  journalEntryOf,
  type Sku,
  type Snapshot,
  snapshotOf,
} from "@holdfast/domain";
import { afterWrites } from "@holdfast/domain/testing";
import type { JournalPlace, Paging } from "./ports/queries.ts";
import type { Commit, Store, Transaction } from "./ports/store.ts";

/** A store in memory, for one lane: it commits when its gate is open, and ends a transaction otherwise when it is told to. */
export class TestStore implements Store {
  /** The transactions it was asked for: of each, what its commands are about. */
  readonly asked: string[][] = [];
  readonly transactions: Transaction[] = [];
  readonly entries: JournalEntry[] = [];
  decidesAhead = false;
  /** Milliseconds. */
  now = 0 as Instant;
  /** How a transaction ends that must not be committed. */
  ending: (names: readonly string[]) => Commit | undefined = () => undefined;
  /** Tries that each transaction loses to others. */
  conflicts = 0;
  #gate = Promise.resolve();
  #state: Snapshot = snapshotOf({ locations: [firstLocation] });

  /** Lets transactions wait until the returned function is called. */
  shut(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async transact(transaction: Transaction): Promise<Commit> {
    const { id, commands, decide } = transaction;
    const names = commands.map(nameOf);
    this.asked.push(names);
    this.transactions.push(transaction);
    for (let n = 0; n < this.conflicts; n += 1) await transaction.lost?.();
    await this.#gate;
    const ended = this.ending(names);
    if (ended) return ended;
    const batch = decide(this.#state, commands, this.now);
    this.#state = afterWrites(this.#state, batch);
    const entry = journalEntryOf(id, batch);
    if (entry) this.entries.push(entry);
    return { kind: "committed", batch };
  }

  /** As `Queries.journal`. */
  async journal(sku: Sku, { limit, after }: Paging<JournalPlace>): Promise<JournalEntry[]> {
    return this.entries
      .filter(({ levelsBefore }) => levelsBefore.some((level) => level.sku === sku))
      .filter(({ at, id }) => after === undefined || at < after.at || (at === after.at && id < after.id))
      .sort((a, b) => b.at - a.at || (a.id > b.id ? -1 : 1))
      .slice(0, limit);
  }
}

/** The SKU or location, or the short name of the order or transfer, that a command is about. */
export function nameOf(command: Command): string {
  if ("orderId" in command) return command.orderId.replace(/^ord_0*/, "").toLowerCase();
  if ("transferId" in command) return command.transferId.replace(/^trf_0*/, "").toLowerCase();
  return "sku" in command ? command.sku : command.locationId;
}
