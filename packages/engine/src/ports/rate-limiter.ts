/** Whether a request may be answered, and how many more this second. */
export interface Allowance {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the count begins anew. Milliseconds, at most a second. */
  readonly resetMs: number;
}

/**
 * Counts requests, second by second. A limit is there to keep one caller from taking all the room, and is not exact: what
 * the counter forgets, it forgives. It is not a rule, and no promise rests on it.
 */
export interface RateLimiter {
  /** Counts one request of a caller who may make `perSecond`. Never throws, and is always quick. */
  take(callerId: string, perSecond: number): Promise<Allowance>;
}
