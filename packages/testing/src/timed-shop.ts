import type { Command } from "@holdfast/domain";
import { create, idOf, place } from "@holdfast/domain/testing";
import { openMemory } from "@holdfast/memory-store";
import { RecordedLogger } from "./recorded-logger.ts";
import { ScriptedCache } from "./scripted-cache.ts";
import { Shop } from "./shop.ts";
import { VirtualTimers } from "./virtual-timers.ts";

/** A shop with plenty of mugs, on the in-memory store and a virtual clock. */
export class TimedShop {
  readonly time = new VirtualTimers();
  readonly database = openMemory(this.time.instant);
  /** What a test asks the database itself: orders, stock, and whether the books are right. */
  readonly books = new Shop(this.database);
  readonly cache = new ScriptedCache();
  readonly logger = new RecordedLogger();
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

  /** When an order ended, in milliseconds after its reservation was over. */
  async lateness(name: string): Promise<number> {
    const { endedAt, reservation } = await this.books.order(name);
    return (endedAt ?? Number.POSITIVE_INFINITY) - reservation.expiresAt;
  }
}
