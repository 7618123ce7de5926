import type { Turn, Turns } from "./ports/turns.ts";

/** Turns to take after the last conflict. Then a try without a turn shows whether they are still needed. */
const turnsMax = 64;

/** After this many turns in a row without another process between them, the contention is over. */
const aloneMax = 8;

/**
 * Decides when a lane takes turns with other processes: for a while after one of them has lost a try. A batch that loses has to be
 * done again, so processes that contend for one SKU are slower together than one alone.
 */
export class TurnTaking {
  readonly #turns: Turns | undefined;
  #toTake = 0;
  #last = 0;
  #alone = 0;
  #turn: Turn | undefined;

  constructor(turns: Turns | undefined) {
    this.#turns = turns;
  }

  /** Waits for a turn where commits conflict. Returns at once where they do not, or where no `Turns` are wired. */
  async begin(): Promise<void> {
    if (this.#turns === undefined) return;
    if (this.#toTake === 0 && this.#turns.requested) this.#need();
    if (this.#toTake > 0) await this.#take(this.#turns);
  }

  /** A try was lost. Waits for a turn, and returns whether it got one that it did not have before. */
  async lost(): Promise<boolean> {
    if (this.#turns === undefined) return false;
    this.#need();
    this.#turns.request();
    if (this.#turn !== undefined) return false;
    await this.#take(this.#turns);
    return this.#turn !== undefined;
  }

  /** The batch is over: the next lane may begin. */
  done(): void {
    this.#turn?.done();
    this.#turn = undefined;
  }

  #need(): void {
    this.#toTake = turnsMax;
    this.#alone = 0;
  }

  async #take(turns: Turns): Promise<void> {
    this.#toTake -= 1;
    this.#turn = await turns.take();
    if (this.#turn === undefined) return;
    const { number } = this.#turn;
    this.#alone = number === this.#last + 1 ? this.#alone + 1 : 0;
    this.#last = number;
    if (this.#alone >= aloneMax) this.#toTake = 0;
  }
}
