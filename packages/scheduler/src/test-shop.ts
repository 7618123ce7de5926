import type { Command, ReservationId } from "@holdfast/domain";
import { reservationIdOf } from "@holdfast/domain";
import type { Logger, ReservationCache } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { ContractShop, create, idOf, orderId, place } from "@holdfast/store-contract";
import { VirtualTimers } from "./virtual-timers.ts";

/** For tests: a shop with plenty of mugs, on the in-memory store and a virtual clock. */
export class TestShop {
  readonly time = new VirtualTimers();
  readonly database = openMemory(this.time.instant);
  /** What a test asks the database itself: orders, stock, and whether the books are right. */
  readonly books = new ContractShop(this.database);
  readonly cache = new TestCache();
  readonly logger = new TestLogger();
  #batches = 0;

  readonly newBatchId = (): string => {
    this.#batches += 1;
    return idOf(`b${this.#batches}`);
  };

  async open(): Promise<this> {
    await this.ask(create("mug", 1_000_000));
    return this;
  }

  async ask(...commands: readonly Command[]): Promise<void> {
    const words = await this.books.ask(...commands);
    if (words.some((word) => word !== "ok")) throw new Error(`not all accepted: ${words.join(", ")}`);
  }

  /** Holds one mug an order. Gives the names. */
  async hold(holdSeconds: number, ...names: readonly string[]): Promise<readonly string[]> {
    await this.ask(...names.map((name) => place(name, { mug: 1 }, { holdSeconds })));
    return names;
  }

  async status(name: string): Promise<string> {
    return (await this.books.order(name)).status;
  }

  /** When an order ended, in milliseconds after its hold was over. */
  async lateness(name: string): Promise<number> {
    const { endedAt, reservation } = await this.books.order(name);
    return (endedAt ?? Number.POSITIVE_INFINITY) - reservation.expiresAt;
  }
}

/** A cache whose every answer a test decides. */
export class TestCache implements ReservationCache {
  readonly shownAlive = new Set<ReservationId>();
  readonly ended: ReservationId[] = [];

  show(name: string): void {
    this.shownAlive.add(reservationIdOf(orderId(name), 1));
  }

  note({ ended }: Parameters<ReservationCache["note"]>[0]): void {
    this.ended.push(...ended);
  }

  async find(): Promise<undefined> {
    return undefined;
  }

  async alive(ids: readonly ReservationId[]): Promise<ReadonlySet<ReservationId>> {
    return new Set(ids.filter((id) => this.shownAlive.has(id)));
  }
}

/** Keeps every line that matters to someone. */
export class TestLogger implements Logger {
  readonly lines: string[] = [];

  debug(): void {}

  info(): void {}

  warn(_fields: object, message: string): void {
    this.lines.push(message);
  }

  error(_fields: object, message: string): void {
    this.lines.push(message);
  }
}
