import type { Command } from "@holdfast/domain";
import { type Engine, type EngineLimits, Overloaded, type Store, type Submitted } from "@holdfast/engine";
import type { Scheduler } from "../scheduler.ts";
import type { History } from "./history.ts";

/** A command that a process gives its engine. */
export type Lane = Pick<Engine, "submit" | "queued">;

interface Asked {
  readonly at: number;
  /** Commands that were waiting when it came. */
  readonly behind: number;
  handedOn: boolean;
}

/** How many commands were shed, by reason. */
export interface ShedCounts {
  atTheDoor: number;
  late: number;
}

/**
 * Watches what goes into engines and what they hand to the store: the queue keeps its bound, a command that has waited too long is
 * never decided, and a shed command was not decided before and was shed for a reason.
 */
export class Shedding {
  readonly counts: ShedCounts = { atTheDoor: 0, late: 0 };
  readonly #time: Scheduler;
  readonly #history: History;
  readonly #limits: EngineLimits;
  readonly #asked = new WeakMap<Command, Asked>();

  constructor(time: Scheduler, history: History, limits: EngineLimits) {
    this.#time = time;
    this.#history = history;
    this.#limits = limits;
  }

  /** Wraps the store of an engine, to see what the engine hands on. */
  watched(store: Store): Store {
    return {
      transact: (transaction) => {
        for (const command of transaction.commands) this.#handOn(command);
        return store.transact(transaction);
      },
    };
  }

  /** Asks an engine. */
  async submit(lane: Lane, command: Command): Promise<Submitted<Command>> {
    const asked: Asked = { at: this.#time.now(), behind: lane.queued, handedOn: false };
    this.#asked.set(command, asked);
    const answer = lane.submit(command);
    const { queueMax } = this.#limits;
    if (lane.queued > queueMax) this.#history.violate(`${lane.queued} commands wait where ${queueMax} may`);
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Overloaded) this.#shed(command, asked);
      throw error;
    }
  }

  #handOn(command: Command): void {
    const asked = this.#asked.get(command);
    // A halved batch hands its commands on again.
    if (asked === undefined || asked.handedOn) return;
    asked.handedOn = true;
    if (this.#isLate(asked)) this.#history.violate(`${command.type} was decided after it had waited too long`);
  }

  #shed({ type }: Command, asked: Asked): void {
    const { queueMax, batchMax } = this.#limits;
    if (asked.handedOn) this.#history.violate(`${type} was shed after it had been decided`);
    else if (this.#isLate(asked)) this.counts.late += 1;
    else if (asked.behind >= Math.min(queueMax, batchMax)) this.counts.atTheDoor += 1;
    else this.#history.violate(`${type} was shed with ${asked.behind} before it, for no reason`);
  }

  #isLate({ at }: Asked): boolean {
    return this.#time.now() - at >= this.#limits.waitMsMax;
  }
}
