import type { Clock } from "@holdfast/engine";
import type { Random } from "./random.ts";

interface Due {
  readonly at: number;
  /** Orders the calls of one instant. */
  readonly tie: number;
  readonly call: () => void;
}

/**
 * Virtual time: networks, stores, timers and people all wait here, and nothing else makes time pass. Calls that are due at one instant
 * run in random order.
 */
export class Scheduler implements Clock {
  readonly #random: Random;
  /** The next one last. */
  #due: Due[] = [];
  #now = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Milliseconds since the simulation began. */
  now(): number {
    return this.#now;
  }

  /** Calls back once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, call: () => void): () => void {
    const due = { at: this.#now + Math.max(0, ms), tie: this.#random.real(), call };
    let low = 0;
    let high = this.#due.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isLater(this.#due[middle] ?? due, due)) low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, due);
    return () => {
      const index = this.#due.indexOf(due);
      if (index >= 0) this.#due.splice(index, 1);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Runs one call after another until `done`. @returns false if that takes more turns than allowed */
  async runUntil(done: () => boolean, turnsMax: number): Promise<boolean> {
    for (let turn = 0; turn < turnsMax; turn += 1) {
      if (done()) return true;
      const next = this.#due.pop();
      if (next === undefined) return false;
      this.#now = next.at;
      next.call();
      await settled();
    }
    return done();
  }
}

function isLater(a: Due, b: Due): boolean {
  return a.at > b.at || (a.at === b.at && a.tie > b.tie);
}

/**
 * Resolves when everything that a step has started waits for the scheduler again. Besides promises, the simulated system has one
 * source of turns: the engine's `setImmediate`. Immediates fire in the order in which they were requested, so this one, requested after
 * the step, comes behind it and behind all promises in between.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
