/** Time as a process feels it: for deadlines and waits, never for what a rule decides. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => performance.now() };

/** Waiting, so that tests can do without it. */
export interface Timers extends Clock {
  /** Calls back once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, call: () => void): () => void;
}

/** This process's time. A timer of these keeps no process alive. */
export const systemTimers: Timers = {
  ...systemClock,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
