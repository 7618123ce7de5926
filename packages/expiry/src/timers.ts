/** Waiting, so that tests can do without it. */
export interface Timers {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once after so many milliseconds, unless the returned function is called first. */
  after(ms: number, call: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
