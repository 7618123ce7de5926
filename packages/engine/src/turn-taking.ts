import type { Turn, Turns } from "./ports/turns.ts";

/** Turns in a row between which nobody else came: those who fought have gone. */
const aloneMax = 8;

/**
 * When a lane takes turns with others: from the first commit that it lost a try of, until it has been alone for a while.
 * A batch that is lost is lost work, so that processes which fight for one SKU are slower together than one alone.
 */
export class TurnTaking {
  readonly #turns: Turns | undefined;
  #needed = false;
  #last = 0;
  #alone = 0;

  constructor(turns: Turns | undefined) {
    this.#turns = turns;
  }

  /** Waits for a turn where commits conflict; otherwise, and where there is nobody to ask, there is nothing to wait for. */
  async begin(): Promise<Turn | undefined> {
    if (!this.#needed || this.#turns === undefined) return undefined;
    const turn = await this.#turns.take();
    if (turn !== undefined) this.#count(turn.number);
    return turn;
  }

  /** A commit was told of; `conflicts`: its tries that were lost to others. */
  committed(conflicts: number): void {
    if (conflicts === 0) return;
    this.#needed = true;
    this.#alone = 0;
  }

  #count(number: number): void {
    this.#alone = number === this.#last + 1 ? this.#alone + 1 : 0;
    this.#last = number;
    if (this.#alone >= aloneMax) this.#needed = false;
  }
}
