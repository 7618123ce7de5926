import type { Instant } from "@holdfast/domain";

/** The server's time is asked for at least this often: as long as a clock that jumps there can go unnoticed here. */
const askEveryMs = 1_000;

/** A server that says so much less than was told has had its clock set back. Longer than any answer takes. */
const setBackMs = 10_000;

/** An answer that took longer is no use: what is carried on from it would be behind the server by as much. */
const tookMsMax = 50;

/** Two clocks of this machine that differ by more: it has slept, or someone has set the time. */
const clocksApartMsMax = 50;

/**
 * The database server's time, carried on by this machine's clocks since the last read: never ahead of the server, since
 * the answer took its way, and never behind what was read or told before, unless the server's clock was set back. What the store
 * decides by does not go back even then: see `StoreTime`.
 */
export class ServerClock {
  /** The latest time that was told. */
  #given = Number.NEGATIVE_INFINITY;
  #read: { readonly server: number; readonly steady: number; readonly wall: number } | undefined;
  readonly #steady: () => number;
  readonly #wall: () => number;

  constructor(steady: () => number = () => performance.now(), wall: () => number = () => Date.now()) {
    this.#steady = steady;
    this.#wall = wall;
  }

  /** The server has told its time, in an answer that took so long. */
  read(server: Instant, tookMs: number): void {
    this.#read = tookMs > tookMsMax ? undefined : { server, steady: this.#steady(), wall: this.#wall() };
    // An answer that took longer than the one before lags more: what was told stands. A clock that was set back does not.
    this.#given = this.#given - server > setBackMs ? server : Math.max(this.#given, server);
  }

  /** The server's time, or `undefined` where it has to be asked. */
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
