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

/** The longest that one timer of Node, browsers and Workers waits: 2^31 - 1 ms, not quite 25 days. One that is asked for more fires at once. */
const oneTimerMsMax = 2_147_483_647;

/** This process's time. A timer of these keeps no process alive, and waits as long as it is asked to. */
export const systemTimers: Timers = {
  ...systemClock,
  after: (ms, call) => {
    let left = ms;
    let timer: NodeJS.Timeout;
    const wait = () => {
      const next = Math.min(left, oneTimerMsMax);
      left -= next;
      timer = setTimeout(left > 0 ? wait : call, next);
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
