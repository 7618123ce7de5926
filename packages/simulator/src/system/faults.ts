import type { Random } from "../random.ts";

/** The highest rate of each fault. A seed uses some of them, each at a rate of its own. */
const ratesMax = {
  // At a commit.
  conflict: 0.2,
  abort: 0.1,
  "answer lost, not committed": 0.1,
  "answer lost, committed": 0.15,
  "answer lost, commits later": 0.1,
  "store throws, committed": 0.05,
  "crash before commit": 0.03,
  "crash during commit": 0.05,
  "crash after commit": 0.05,
  // At a request.
  "request lost": 0.05,
  "reply lost": 0.1,
  // At a hint.
  "wake-up lost": 0.5,
  "wake-up repeated": 0.3,
  "wake-up late": 0.3,
  // At a sweep: a worker whose clock is ahead of the store's.
  "sweep a minute early": 0.6,
  // When a consumer handles the feed.
  "relay fails": 0.2,
  // At any moment: looked at every `tickMs`.
  "process crashed": 0.03,
  "worker crashed": 0.05,
  "store slow": 0.03,
  "store away": 0.02,
  "disk full": 0.02,
  "level edited": 0.2,
  "redis emptied": 0.05,
  "clock an hour on": 0.005,
  "clock an hour back": 0.005,
} as const;

/** The name of a fault. */
export type Fault = keyof typeof ratesMax;

/** The faults that a seed draws, and how often each has struck. */
export class Faults {
  readonly #random: Random;
  readonly #rates = new Map<Fault, number>();
  readonly counts = new Map<Fault, number>();
  #on = true;

  constructor(random: Random) {
    this.#random = random;
    // A few faults at high rates find other bugs than all faults at low ones.
    const share = random.pick([0, 0.2, 0.5, 0.8]);
    for (const fault of Object.keys(ratesMax) as Fault[]) {
      this.#rates.set(fault, random.chance(share) ? random.real() * ratesMax[fault] : 0);
    }
  }

  /** Whether this fault strikes now. */
  strikes(fault: Fault): boolean {
    if (!this.#on || !this.#random.chance(this.#rates.get(fault) ?? 0)) return false;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return true;
  }

  /** Ends all faults. */
  end(): void {
    this.#on = false;
  }
}
