/** Records read at a time: some megabytes, and some ten milliseconds until others get their turn. */
const recordsMax = 10_000;
const entriesMax = 200;

/** The next read is at most so many times all that was read before it: entries differ, and those to come may be larger. */
const growthMax = 8;

/**
 * How many journal entries to read for so many movements: an entry of a hot SKU holds a thousand and is large, one of a quiet SKU
 * holds one. It begins with a single entry, and goes by those that it has seen.
 */
export class ReadSize {
  #entries = 0;
  #records = 0;
  #movements = 0;

  /** An entry was read, and held so many of the movements that were looked for. */
  saw(records: number, movements: number): void {
    this.#entries += 1;
    this.#records += records;
    this.#movements += movements;
  }

  entriesFor(movements: number): number {
    if (this.#entries === 0) return 1;
    const wanted = Math.ceil((movements * this.#entries) / Math.max(this.#movements, 1));
    const affordable = Math.floor((recordsMax * this.#entries) / Math.max(this.#records, 1));
    return Math.max(1, Math.min(wanted, affordable, entriesMax, growthMax * this.#entries));
  }
}
