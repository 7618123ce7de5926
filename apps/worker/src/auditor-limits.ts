/** The bounds of the auditor, with their reasons. */
export const auditorLimits = {
  /** Levels added up at a time: a read of milliseconds, after which others get their turn. */
  levelsPerSlice: 50,
  /** Orders whose money is added up at a time. Of the few that have given something up, their records are read as well. */
  ordersPerSlice: 100,
  /** Between two reads: 10,000 levels take three to four minutes. */
  pauseMs: 1_000,
  /** Between two rounds that trust no fold, and cost what they did before there were any: a million orders a second. */
  fullRoundEveryMs: 24 * 3_600_000,
  /** A run is followed by a rest of at least this many times its own duration: levels with long histories cost 5 % at most, records as much. */
  restFactor: 19,
  /** Kinds of record, beside levels and the journal, that a run of the audit of records reads a page of, at most. */
  recordKindsPerRun: 10,
  /**
   * The longest rest of the audit of records. Its runs read only so much: one that takes over half a second has waited for a store that
   * hung or is overloaded, and a rest of 19 times that would say nothing of what the store has to do for it.
   */
  recordRestMsMax: 10_000,
} as const;
