import { type EventLoopUtilization, performance } from "node:perf_hooks";
import type { Timers } from "@holdfast/engine";

/** How long a slice of work may take. A request that arrives meanwhile waits as long. */
const sliceMs = 2;

/** How many slices to rest after each while the process is busy: this work then gets a fortieth of the time. */
const restsWhenBusy = 38;

/** The process counts as busy if it did other things for more than this share of a rest. */
const busyShare = 0.7;

/** Resolves when everything begun in this turn of the event loop is done, also writes to sockets. */
const turnOver = () => new Promise<void>((resolve) => process.nextTick(resolve));

/**
 * Runs work that can wait in spare time: it rests as long as it has worked, and 39 times as long while the process is busy. In a rush
 * readers of the feed may be late, but orders are not.
 */
export class SpareTime {
  readonly #timers: Timers;
  #spentMs = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Does some work, with everything that it starts at once, and measures its time. */
  async work<Value>(work: () => Value): Promise<Value> {
    const began = this.#timers.now();
    const value = work();
    await turnOver();
    this.#spentMs += this.#timers.now() - began;
    return value;
  }

  /** Await it between two pieces of work. */
  async rest(): Promise<void> {
    const spentMs = this.#spentMs;
    if (spentMs < sliceMs) return;
    this.#spentMs = 0;
    const before = performance.eventLoopUtilization();
    await this.#wait(spentMs);
    if (isBusySince(before)) await this.#wait(spentMs * restsWhenBusy);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#timers.after(ms, resolve));
  }
}

function isBusySince(before: EventLoopUtilization): boolean {
  return performance.eventLoopUtilization(before).utilization > busyShare;
}
