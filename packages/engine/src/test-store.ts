import {
  type Actor,
  type AdjustmentId,
  type Command,
  type CreateProduct,
  declarationOf,
  type Entity,
  entityNames,
  type Instant,
  type JournalEntry,
  journalEntryOf,
  mainLocation,
  type OrderId,
  type PlaceOrder,
  type Quantity,
  type Sku,
  type Snapshot,
  snapshotOf,
} from "@holdfast/domain";
import type { JournalPlace, Paging } from "./ports/queries.ts";
import type { Commit, Store, Transaction } from "./ports/store.ts";

const actor = "tester" as Actor;

/** A store in memory, for one lane: it commits when its gate is open, and ends a transaction otherwise when it is told to. */
export class TestStore implements Store {
  /** The transactions it was asked for: of each, what its commands are about. */
  readonly asked: string[][] = [];
  readonly transactions: Transaction[] = [];
  readonly entries: JournalEntry[] = [];
  /** Milliseconds. */
  now = 0 as Instant;
  /** How a transaction ends that must not be committed. */
  ending: (names: readonly string[]) => Commit | undefined = () => undefined;
  /** Tries that each transaction loses to others. */
  conflicts = 0;
  #gate = Promise.resolve();
  #state: Snapshot = snapshotOf({});

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
    const loaded = entityNames.map((name) => {
      const { keyOf } = declarationOf(name);
      const kept = new Map<string, Entity>(this.#state[name]);
      for (const { after } of batch.writes[name]) kept.set(keyOf(after as never), after);
      return [name, [...kept.values()]] as const;
    });
    this.#state = snapshotOf(Object.fromEntries(loaded));
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

/** The SKU or the order that a command is about. */
export function nameOf(command: Command): string {
  return "orderId" in command ? command.orderId.slice("ord_".length) : command.sku;
}

export function create(sku: string, totalStock: number): CreateProduct {
  return {
    type: "CreateProduct",
    actor,
    sku: sku as Sku,
    name: `Fine ${sku}`,
    price: { amount: 450, currency: "EUR" },
    totalStock,
    adjustmentId: `adj_${sku}` as AdjustmentId,
  };
}

export function place(name: string, cart: Readonly<Record<string, number>>, holdSeconds = 60): PlaceOrder {
  return {
    type: "PlaceOrder",
    actor,
    orderId: `ord_${name}` as OrderId,
    locationId: mainLocation,
    lines: Object.entries(cart).map(([sku, quantity]) => ({ sku: sku as Sku, quantity: quantity as Quantity })),
    holdSeconds,
  };
}

export function end<Type extends "ConfirmOrder" | "CancelOrder" | "ExpireOrder">(type: Type, name: string) {
  return { type, actor, orderId: `ord_${name}` as OrderId, latePayment: "refund" as const };
}
