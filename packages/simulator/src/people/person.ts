import type { Actor, Claim, Command, Order, OrderId } from "@holdfast/domain";
import type { Occasion } from "../models/command-model.ts";
import { occasions } from "../models/models.ts";
import type { World } from "../world.ts";
import type { Clients } from "./clients.ts";
import type { Reply } from "./reply.ts";

/** A random person, who does one thing after another, each as a command's model says. */
export class Person {
  readonly world: World;
  readonly #name: string;
  readonly #clients: Clients;
  /** The API key that this person's requests come under. */
  readonly #key: Actor;

  constructor(name: string, world: World, clients: Clients) {
    this.#name = name;
    this.world = world;
    this.#clients = clients;
    this.#key = world.random.pick(world.crowd.keys);
  }

  /** Does one thing after another until `more` returns false. */
  async live(more: () => boolean): Promise<void> {
    const { time, random, crowd, newId } = this.world;
    while (more()) {
      await time.sleep(random.between(0, crowd.pauseMsMax));
      if (random.chance(0.02)) await this.follow(`ord_${newId()}` as OrderId);
      else await this.#byWeight(occasions.anytime).ask(this);
    }
  }

  /** Asks until a reply settles it. Each attempt has its own id. `as`: which of this person's people asks. */
  ask(make: (id: string) => Command, { as = "", repeat = "safe" }: Asking = {}): Promise<Reply> {
    const { newId } = this.world;
    return this.#clients.ask(`${this.#name}${as}`, () => ({ ...make(newId()), actor: this.#key }), repeat);
  }

  /**
   * Asks for something random under a new idempotency key: at times twice at once, at times also for something else
   * under the same key. At times without a key, and then once.
   */
  async askUnderKey<Body>(
    random: () => Body,
    make: (body: Body, id: string, claim?: Claim) => Command,
  ): Promise<Keyed<Body>> {
    const body = random();
    const dice = this.world.random;
    if (dice.chance(0.2)) {
      const reply = await this.ask((id) => make(body, id), { repeat: "once" });
      return { body, reply, again: async () => reply };
    }
    const key = `${this.#key}:${this.world.newId()}`;
    const ask = (what: Body, fingerprint: string, as: string) =>
      this.ask((id) => make(what, id, { key, fingerprint }), { as });
    const first = ask(body, "f", "");
    const others = [
      ...(dice.chance(0.35) ? [ask(body, "f", " again")] : []),
      ...(dice.chance(0.35) ? [ask(random(), "other", " in error")] : []),
    ];
    const [reply] = await Promise.all([first, ...others]);
    return { body, reply, again: () => ask(body, "f", " later") };
  }

  /** Ends an order in one way or two, or forgets it, and comes back to it at times. */
  async follow(id: OrderId): Promise<void> {
    const { random, crowd } = this.world;
    if (random.chance(crowd.forgets)) {
      await this.#lookBack(id);
      return;
    }
    const deed = () => this.#byWeight(occasions.ordered);
    const [first, second] = [deed(), deed()];
    switch (random.pick(["one", "one", "one", "one", "both", "then"])) {
      case "one":
        await first.ask(this, id);
        break;
      case "both":
        await Promise.all([first.ask(this, id), second.ask(this, id)]);
        break;
      default:
        await first.ask(this, id);
        await second.ask(this, id);
    }
    await this.#lookBack(id);
  }

  async #lookBack(id: OrderId): Promise<void> {
    const { random, time, database } = this.world;
    if (random.chance(0.3)) await time.sleep(random.between(0, 3_000));
    const order = (): Order | undefined => database.tables.entities.orders.get(id);
    for (const { chance, ask } of random.shuffled(occasions.later)) {
      if (random.chance(chance(order()))) await ask(this, id);
    }
  }

  #byWeight<O extends Extract<Occasion, { readonly weight: unknown }>>(choices: readonly O[]): O {
    return this.world.random.weighted(choices, ({ weight }) => weight(this.world));
  }
}

export interface Asking {
  readonly as?: string;
  /** `once`: an unknown outcome is left at that, because a repeat might do it twice. */
  readonly repeat?: "safe" | "once";
}

/** What was asked under a key, and how to ask the same later. */
export interface Keyed<Body> {
  readonly body: Body;
  readonly reply: Reply;
  readonly again: () => Promise<Reply>;
}
