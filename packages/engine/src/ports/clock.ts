/** Time as a process feels it: for deadlines and waits, never for what a rule decides. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => performance.now() };
