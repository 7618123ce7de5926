/** One answer: its `Date` header, and when it was asked for and got, by the page's own clock. */
export interface ClockSample {
  readonly date: string | null;
  readonly sentAt: number;
  readonly receivedAt: number;
}

const headerResolutionMs = 1000;

/**
 * Tells the server's time, whatever this machine's clock says.
 *
 * A `Date` header is cut to whole seconds, so one answer tells the difference of the two clocks to about a second. Each
 * further answer cuts a piece off that range, and after a handful the countdowns here and the server's agree to within
 * the time that a request takes.
 */
export class ServerClock {
  readonly #local: () => number;
  #min = Number.NEGATIVE_INFINITY;
  #max = Number.POSITIVE_INFINITY;
  #offset: number;

  /** `local` need not tell the time of day, only run evenly; the machine's clock serves until the first answer. */
  constructor(local: () => number = () => performance.now(), wall: () => number = Date.now) {
    this.#local = local;
    this.#offset = wall() - local();
  }

  note({ date, sentAt, receivedAt }: ClockSample): void {
    const second = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(second)) return;
    // The server wrote the header in this second, and between the two local instants.
    const min = second - receivedAt;
    const max = second + headerResolutionMs - sentAt;
    this.#min = Math.max(this.#min, min);
    this.#max = Math.min(this.#max, max);
    if (this.#min > this.#max) {
      // One of the clocks was set, or this machine slept: what was learnt before is void.
      this.#min = min;
      this.#max = max;
    }
    this.#offset = (this.#min + this.#max) / 2;
  }

  /** Milliseconds since 1970, by the server's clock. */
  now(): number {
    return this.#local() + this.#offset;
  }
}
