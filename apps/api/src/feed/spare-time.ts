import { type EventLoopUtilization, performance } from "node:perf_hooks";
import type { Timers } from "@holdfast/engine";

/** Work that is done in one go. A request that comes meanwhile waits as long. */
const sliceMs = 2;

/** How often a slice is rested while the process has other things to do: a fortieth of its time is left to this work. */
const restsWhenBusy = 38;

/** The process counts as busy where it did other things for more than this share of a rest. */
const busyShare = 0.7;

/** Resolves when all that was begun in this turn of the event loop is done, writes to sockets too. */
const turnOver = () => new Promise<void>((resolve) => process.nextTick(resolve));

/**
 * Gives work that can wait the time that nothing else wants: it rests as long as it has worked, and 39 times as long
 * while the process is busy otherwise. So readers of the feed may be late in a rush, and orders are not.
 */
export class SpareTime {
  readonly #timers: Timers;
  #spentMs = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Does some work, with all that it sets off at once, and takes its time. */
  async work<Value>(work: () => Value): Promise<Value> {
    const began = this.#timers.now();
    const value = work();
    await turnOver();
    this.#spentMs += this.#timers.now() - began;
    return value;
  }

  /** To be awaited between two pieces of work. */
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
