/** The bounds of expiry, with their reasons. */
export const expiryLimits = {
  /** Time between two rounds: how late an expiry can be where nothing else wakes the sweep. */
  sweepIntervalMs: 5_000,
  /** Holds read at a time. Some servers go through all that are due for each page of them. */
  pageSize: 5_000,
  /** Holds released at a time: one full commit of the engine. */
  commitSize: 1_000,
  /**
   * How long a hold that the cache still shows alive is left alone after its time. It covers a cache whose clock is a
   * little behind the store's; past it the store decides alone.
   */
  aliveGraceMs: 500,
  /** Until a hold that was left alone is looked at again: clocks of one data centre are seldom further apart. */
  aliveLookAgainMs: 50,
  /** Between a sweep and the next one that a timer starts: holds that end close to one another share a commit. */
  lookAgainMsMin: 20,
} as const;
