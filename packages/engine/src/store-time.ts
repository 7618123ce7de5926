import type { Instant } from "@holdfast/domain";

/** How fast store time goes while it is ahead of the clock that it follows, so that the clock catches up. */
const aheadSpeed = 0.9;

/** The clocks of this machine. Milliseconds. */
export interface MachineClocks {
  /** As people set it: since 1970. */
  readonly wall: () => number;
  /** Never goes back. */
  readonly steady: () => number;
}

const machineClocks: MachineClocks = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * The time of a store: a clock that people may set, made into one that never goes back. It is the clock's time; while that is
 * behind what it said before, it goes on from there at nine tenths of the speed. So a clock that is set back neither stops holds
 * from running out nor puts the ledger out of order.
 */
export class StoreTime {
  readonly #clocks: MachineClocks;
  #given = Number.NEGATIVE_INFINITY;
  #givenAt = 0;

  constructor(clocks: MachineClocks = machineClocks) {
    this.#clocks = clocks;
  }

  /** The store's time by this machine's clock. */
  now(): Instant {
    return this.at(this.#clocks.wall());
  }

  /** The store's time where its clock says so much. */
  at(clock: number): Instant {
    const steady = this.#clocks.steady();
    // It may lag behind what was carried on since: an answer takes its way.
    this.#given = Math.max(clock, this.#given + aheadSpeed * (steady - this.#givenAt));
    this.#givenAt = steady;
    return Math.floor(this.#given) as Instant;
  }

  /** Something is known to have happened at this time, before this process began, say. */
  notBefore(instant: number): void {
    this.#given = Math.max(this.#given, instant);
    this.#givenAt = this.#clocks.steady();
  }

  /** How far it is ahead of this machine's clock. Milliseconds; 0 where it is not. */
  get aheadMs(): number {
    return Math.max(0, this.now() - Math.floor(this.#clocks.wall()));
  }
}
