/** Says when enough commands wait to be a batch of their own, while another one is being written. */
export class Gathering {
  readonly #waiting: () => number;
  #wanted: { readonly least: number; readonly resolve: () => void } | undefined;
  #isWatching = false;

  /** `waiting`: how many commands wait now. */
  constructor(waiting: () => number) {
    this.#waiting = waiting;
  }

  /** Resolves once at least this many wait, and a turn of the event loop has brought no more. Only the last one that asked is answered. */
  enough(least: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wanted = { least, resolve };
      this.came();
    });
  }

  /** To be called when a command has come. */
  came(): void {
    const seen = this.#waiting();
    if (this.#wanted === undefined || this.#isWatching || seen < this.#wanted.least) return;
    this.#isWatching = true;
    setImmediate(() => {
      this.#isWatching = false;
      if (this.#waiting() > seen) this.came();
      else if (this.#wanted !== undefined && seen >= this.#wanted.least) {
        this.#wanted.resolve();
        this.#wanted = undefined;
      }
    });
  }
}
