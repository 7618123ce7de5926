import type { Command } from "@holdfast/domain";
import type { History } from "../checks/history.ts";
import type { Ledger } from "../checks/ledger.ts";
import { type Reply, wordsOf } from "./reply.ts";

/** One request and its reply. */
export interface Attempt {
  readonly command: Command;
  /** The ledger's point when it was sent. */
  readonly from: number;
  /** The ledger's point when its reply arrived, with the reply. */
  answered?: { readonly to: number; readonly reply: Reply };
}

/** Every request that was ever made, by clients and by workers. */
export class Requests {
  readonly attempts: Attempt[] = [];
  readonly #history: History;
  readonly #ledger: Ledger;

  constructor(history: History, ledger: Ledger) {
    this.#history = history;
    this.#ledger = ledger;
  }

  /** How many have no answer yet. */
  get waiting(): number {
    return this.attempts.filter(({ answered }) => answered === undefined).length;
  }

  /** Notes a request that is sent now. @returns takes the answer; only the first counts */
  begin(who: string, command: Command): (reply: Reply) => void {
    const attempt: Attempt = { command, from: this.#ledger.point };
    this.attempts.push(attempt);
    this.#history.note(who, `asks ${JSON.stringify(command)}`);
    return (reply) => {
      if (attempt.answered !== undefined) return;
      attempt.answered = { to: this.#ledger.point, reply };
      this.#history.note(who, `gets ${wordsOf(reply)}`);
    };
  }
}
