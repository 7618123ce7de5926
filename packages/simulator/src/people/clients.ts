import type { Claim, Command, PlaceOrder } from "@holdfast/domain";
import type { Body } from "../models/command-model.ts";
import { placeOrder } from "../models/place-order.ts";
import type { ApiProcess } from "../system/api-process.ts";
import type { World } from "../world.ts";
import { type Attempt, type Reply, wordsOf } from "./reply.ts";

/** A checkout that can be asked for again under its key. */
export interface KeyedCart {
  readonly body: Body<PlaceOrder>;
  readonly claim: Claim;
}

/** Everyone who asks: sends commands to a process at random, asks again after an outage, and remembers every reply. */
export class Clients {
  readonly attempts: Attempt[] = [];
  readonly carts: KeyedCart[] = [];
  readonly #world: World;
  readonly #processes: readonly ApiProcess[];

  constructor(world: World, processes: readonly ApiProcess[]) {
    this.#world = world;
    this.#processes = processes;
  }

  /** Requests that have no answer yet. */
  get waiting(): Attempt[] {
    return this.attempts.filter(({ answered }) => answered === undefined);
  }

  /**
   * Asks until there is a reply that settles it. `make` makes the command anew for each attempt, as the API gives each
   * its own ids. Where a repeat might do it twice (`once`), an unknown outcome is left at that.
   */
  async ask(who: string, make: () => Command, repeat: "safe" | "once" = "safe"): Promise<Reply> {
    const { time, random } = this.#world;
    for (;;) {
      const reply = await this.#attempt(who, make());
      const settled = reply.kind === "ok" || reply.kind === "refused" || reply.kind === "broken";
      if (settled || (reply.kind === "unknown" && repeat === "once")) return reply;
      await time.sleep(random.between(20, 800));
    }
  }

  /** Checks a cart out under its key. */
  place(who: string, { body, claim }: KeyedCart): Promise<Reply> {
    return this.ask(who, () => placeOrder(body, this.#world.newId(), claim));
  }

  async #attempt(who: string, command: Command): Promise<Reply> {
    const { history, ledger, random } = this.#world;
    const attempt: Attempt = { command, from: ledger.point };
    this.attempts.push(attempt);
    history.note(who, `asks ${JSON.stringify(command)}`);
    const reply = await random.pick(this.#processes).ask(command);
    attempt.answered = { to: ledger.point, reply };
    history.note(who, `gets ${wordsOf(reply)}`);
    return reply;
  }
}
