/** The `Date` header of one answer, and when the request was sent and the answer received, by the page's clock. */
export interface ClockSample {
  readonly date: string | null;
  readonly sentAt: number;
  readonly receivedAt: number;
}

const headerResolutionMs = 1000;

/**
 * Estimates the server's time, whatever this machine's clock says.
 *
 * A `Date` header has whole seconds, so one answer gives the difference of the two clocks to about a second. Each further answer narrows
 * the range. After a few of them the estimate is as good as a request is fast.
 */
export class ServerClock {
  readonly #local: () => number;
  #min = Number.NEGATIVE_INFINITY;
  #max = Number.POSITIVE_INFINITY;
  #offset: number;

  /** `local` must run evenly and need not show the time of day. `wall` is used until the first answer. */
  constructor(local: () => number = () => performance.now(), wall: () => number = Date.now) {
    this.#local = local;
    this.#offset = wall() - local();
  }

  note({ date, sentAt, receivedAt }: ClockSample): void {
    const second = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(second)) return;
    // The server wrote the header within that second, and between sending and receiving.
    const min = second - receivedAt;
    const max = second + headerResolutionMs - sentAt;
    this.#min = Math.max(this.#min, min);
    this.#max = Math.min(this.#max, max);
    if (this.#min > this.#max) {
      // A clock was set, or this machine slept: begin again.
      this.#min = min;
      this.#max = max;
    }
    this.#offset = (this.#min + this.#max) / 2;
  }

  /** The server's time in milliseconds since 1970. */
  now(): number {
    return this.#local() + this.#offset;
  }
}
