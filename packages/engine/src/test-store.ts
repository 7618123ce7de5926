import {
  type Actor,
  type AdjustmentId,
  type Batch,
  type Command,
  type CreateProduct,
  type Instant,
  type JournalEntry,
  journalEntryOf,
  levelKey,
  mainLocation,
  type OrderId,
  type PlaceOrder,
  type Quantity,
  type Sku,
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
  readonly #products = new Map<string, Batch["products"][number]["after"]>();
  readonly #levels = new Map<string, Batch["levels"][number]["after"]>();
  readonly #orders = new Map<string, Batch["orders"][number]["after"]>();
  readonly #adjustments = new Map<string, Batch["adjustments"][number]["after"]>();

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
    const snapshot = snapshotOf({
      products: [...this.#products.values()],
      levels: [...this.#levels.values()],
      orders: [...this.#orders.values()],
      adjustments: [...this.#adjustments.values()],
    });
    const batch = decide(snapshot, commands, this.now);
    for (const { after } of batch.products) this.#products.set(after.sku, after);
    for (const { after } of batch.levels) this.#levels.set(levelKey(after.sku, after.locationId), after);
    for (const { after } of batch.orders) this.#orders.set(after.id, after);
    for (const { after } of batch.adjustments) this.#adjustments.set(after.id, after);
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
