import type { Turn, Turns } from "./ports/turns.ts";

/** Turns after the last conflict that anybody told of. Then a try without shows whether they are still needed. */
const turnsMax = 64;

/** Turns in a row between which nobody else came: those who fought have gone. */
const aloneMax = 8;

/**
 * When a lane takes turns with others: for a while after anybody has lost a try. A batch that is lost is lost work, so that
 * processes which fight for one SKU are slower together than one alone; and whoever wins has to wait, too.
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

  /** Waits for a turn where commits conflict; otherwise, and where there is nobody to ask, there is nothing to wait for. */
  async begin(): Promise<void> {
    if (this.#turns === undefined) return;
    if (this.#toTake === 0 && this.#turns.wanted) this.#need();
    if (this.#toTake > 0) await this.#take(this.#turns);
  }

  /** A try was lost. Waits for a turn, and tells whether it has got one that it had not before. */
  async lost(): Promise<boolean> {
    if (this.#turns === undefined) return false;
    this.#need();
    this.#turns.want();
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
