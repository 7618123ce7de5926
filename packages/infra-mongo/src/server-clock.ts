import type { Instant } from "@holdfast/domain";

/** The server's time is read at least this often. A jump of the server's clock can go unnoticed for this long. */
const askEveryMs = 1_000;

/** If the server's time is this much behind the given one, its clock was set back. Longer than any answer takes. */
const setBackMs = 10_000;

/** An answer that took longer is useless: the time continued from it would be behind the server's by as much. */
const tookMsMax = 50;

/** Two clocks of this machine that differ by more: it has slept, or someone has set the time. */
const clocksApartMsMax = 50;

/**
 * The database server's time, continued by this machine's clocks since the last read: never ahead of the server, since the answer took
 * some time, and never behind a time read or given before, unless the server's clock was set back. The store's time does not go back even
 * then: see `StoreTime`.
 */
export class ServerClock {
  /** The latest time that was given. */
  #given = Number.NEGATIVE_INFINITY;
  #read: { readonly server: number; readonly steady: number; readonly wall: number } | undefined;
  readonly #steady: () => number;
  readonly #wall: () => number;

  constructor(steady: () => number = () => performance.now(), wall: () => number = () => Date.now()) {
    this.#steady = steady;
    this.#wall = wall;
  }

  /** Takes the server's time from an answer that took `tookMs`. */
  read(server: Instant, tookMs: number): void {
    this.#read = tookMs > tookMsMax ? undefined : { server, steady: this.#steady(), wall: this.#wall() };
    // An answer that took longer than the one before lags more, so keep the given time, unless the clock was set back.
    this.#given = this.#given - server > setBackMs ? server : Math.max(this.#given, server);
  }

  /** The server's time, or `undefined` if the server has to be asked. */
  now(): Instant | undefined {
    if (this.#read === undefined) return undefined;
    const { server, steady, wall } = this.#read;
    const passed = this.#steady() - steady;
    const apart = Math.abs(this.#wall() - wall - passed);
    if (passed > askEveryMs || apart > clocksApartMsMax) return undefined;
    this.#given = Math.max(this.#given, Math.floor(server + passed));
    return this.#given as Instant;
  }
}
