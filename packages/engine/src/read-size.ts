/** Records read at a time: some megabytes, and some ten milliseconds until others get their turn. */
const recordsMax = 10_000;
const entriesMax = 200;

/** A read takes at most this many times what was read before it: entries differ, and the next ones may be larger. */
const growthMax = 8;

/**
 * Decides how many journal entries to read to find a number of movements. An entry of a hot SKU is large and holds a thousand of them,
 * one of a quiet SKU holds one. The first read is a single entry; later ones go by the entries seen so far.
 */
export class ReadSize {
  #entries = 0;
  #records = 0;
  #movements = 0;

  /** Counts an entry that was read: its records, and how many of its movements were looked for. */
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
