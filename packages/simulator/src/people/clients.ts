import type { Command } from "@holdfast/domain";
import type { ApiProcess } from "../system/api-process.ts";
import type { World } from "../world.ts";
import type { Reply } from "./reply.ts";

/** The clients: send commands to a random process, and ask again after an outage. */
export class Clients {
  /** Everything that was asked under an idempotency key, to ask it again. */
  #keyed: (() => Command)[] = [];
  readonly #world: World;
  readonly #processes: readonly ApiProcess[];

  constructor(world: World, processes: readonly ApiProcess[]) {
    this.#world = world;
    this.#processes = processes;
  }

  /**
   * Asks until a reply settles it. `make` makes the command anew for each attempt, as the API gives each its own ids.
   * Where a repeat might do it twice (`once`), an unknown outcome is left at that.
   */
  async ask(who: string, make: () => Command, repeat: "safe" | "once" = "safe"): Promise<Reply> {
    const { time, random, requests } = this.#world;
    let command = make();
    if ("claim" in command) this.#keyed.push(make);
    for (;;) {
      const answer = requests.begin(who, command);
      const reply = await random.pick(this.#processes).ask(command);
      answer(reply);
      const settled = reply.kind === "ok" || reply.kind === "refused" || reply.kind === "broken";
      if (settled || (reply.kind === "unknown" && repeat === "once")) return reply;
      await time.sleep(random.between(20, 800));
      command = make();
    }
  }

  /** Asks once more for everything that had a key, a few at a time. */
  async repeatAll(who: string): Promise<void> {
    const left = this.#keyed;
    this.#keyed = [];
    while (left.length > 0) await Promise.all(left.splice(0, 8).map((make) => this.ask(who, make)));
  }
}
