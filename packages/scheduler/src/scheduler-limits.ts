/** The bounds of background work, with their reasons. */
export const schedulerLimits = {
  /** After a first failed run: soon, since most failures are short. */
  backOffMsMin: 250,
  /** After any number of failed runs: how late work goes on once what it needs is back. */
  backOffMsMax: 5_000,
  /** Between two sweeps of what is due: how late it can be where nothing else wakes the sweep. */
  sweepIntervalMs: 5_000,
  /** Between a sweep and the next one that a timer starts: what falls due close together shares a commit. */
  sweepRestMsMin: 20,
  /** Due items read at a time. Some servers go through all that are due for each page of them. */
  duePageSize: 5_000,
  /** Between two looks of a consumer at the end of the feed. */
  feedLookMs: 250,
  /** Commits handed to a consumer at a time: one of a rush has hundreds of events. */
  feedBatchSize: 20,
  /** Commands asked for at a time: one full commit of the engine. */
  commitSize: 1_000,
  /**
   * How long a reservation that the cache still shows alive is left alone after its time. It covers a cache whose clock is a
   * little behind the store's; past it the store decides alone.
   */
  aliveGraceMs: 500,
  /** Until a reservation that was left alone is looked at again: clocks of one data centre are seldom further apart. */
  aliveLookAgainMs: 50,
} as const;
