import type { Command } from "@holdfast/domain";
import { type Engine, type EngineLimits, Overloaded, type Store, type Submitted } from "@holdfast/engine";
import type { Scheduler } from "../scheduler.ts";
import type { History } from "./history.ts";

/** What a process asks of its engine. */
export type Lane = Pick<Engine, "submit" | "queued">;

interface Asked {
  readonly at: number;
  /** Commands that were waiting when it came. */
  readonly behind: number;
  handedOn: boolean;
}

/** Commands that were shed, by why. */
export interface ShedCounts {
  atTheDoor: number;
  late: number;
}

/**
 * Watches the doors of engines: the queue keeps its bound, what has waited too long is never decided, and what is shed
 * was not decided before, and was shed for a reason.
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

  /** The store that an engine is to be given: sees what it hands on. */
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
    // Halved batches hand a command on again.
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
