import type { Order, OrderId } from "@holdfast/domain";
import type { Clients, KeyedCart } from "./clients.ts";
import type { Reply } from "./reply.ts";
import { adjustStock, cancelOrder, confirmOrder, createProduct, catalogue, placeOrder, randomAdjustment, randomCart } from "./wishes.ts";
import type { World } from "./world.ts";

/** Random people: they buy, pay in time or late, change their minds, click twice, and count stock. */
export class Shopper {
  readonly #name: string;
  readonly #world: World;
  readonly #clients: Clients;

  constructor(name: string, world: World, clients: Clients) {
    this.#name = name;
    this.#world = world;
    this.#clients = clients;
  }

  /** Does one thing after another until `more` says no. */
  async live(more: () => boolean): Promise<void> {
    const { time, random } = this.#world;
    while (more()) {
      await time.sleep(random.between(0, 600));
      if (random.chance(0.2)) await this.#count();
      else await this.#buy();
    }
  }

  /** Counts stock up or down, or creates a product that there is already. */
  async #count(): Promise<void> {
    const { random, newId } = this.#world;
    const claim = random.chance(0.7) ? { key: `shop:${newId()}`, fingerprint: "f" } : undefined;
    const repeat = claim === undefined ? "once" : "safe";
    if (random.chance(0.1)) {
      const [product] = catalogue(random);
      if (product) await this.#clients.ask(this.#name, () => createProduct(product, newId(), claim), repeat);
      return;
    }
    const body = randomAdjustment(random);
    await this.#clients.ask(this.#name, () => adjustStock(body, newId(), claim), repeat);
    if (claim && random.chance(0.2)) await this.#clients.ask(this.#name, () => adjustStock(body, newId(), claim));
  }

  async #buy(): Promise<void> {
    const { random, newId, time } = this.#world;
    const body = randomCart(random);
    if (random.chance(0.15)) {
      const reply = await this.#clients.ask(this.#name, () => placeOrder(body, newId()), "once");
      await this.#decide(reply, body.holdSeconds);
      return;
    }
    const cart = { body, claim: { key: `shop:${newId()}`, fingerprint: "f" } };
    this.#clients.carts.push(cart);
    const replies = [this.#clients.place(this.#name, cart)];
    if (random.chance(0.2)) replies.push(this.#clients.place(`${this.#name} again`, cart));
    if (random.chance(0.1)) replies.push(this.#placeOther(cart));
    const [reply] = await Promise.all(replies);
    if (reply) await this.#decide(reply, body.holdSeconds);
    if (!random.chance(0.2)) return;
    await time.sleep(random.between(0, 1_000));
    await this.#clients.place(`${this.#name} later`, cart);
  }

  /** Another body under the same key. */
  #placeOther({ claim }: KeyedCart): Promise<Reply> {
    const other = { body: randomCart(this.#world.random), claim: { key: claim.key, fingerprint: "other" } };
    return this.#clients.place(`${this.#name} in error`, other);
  }

  /** Pays, gives back, both at once, or forgets; mostly while the hold lives. */
  async #decide(reply: Reply, holdSeconds: number): Promise<void> {
    if (reply.kind !== "ok") return;
    const { random, time } = this.#world;
    const { id } = reply.subject as Order;
    const late = random.chance(0.3);
    await time.sleep(late ? holdSeconds * 1_000 + random.between(-50, 1_500) : random.between(0, holdSeconds * 900));
    const does = random.pick(["pays", "pays", "pays twice", "gives back", "both", "pays, then gives back", "forgets"]);
    if (does === "forgets") return;
    if (does === "gives back") await this.#cancel(id);
    else if (does === "both") await Promise.all([this.#confirm(id), this.#cancel(id)]);
    else await this.#confirm(id);
    if (does === "pays twice") await this.#confirm(id);
    if (does === "pays, then gives back") await this.#cancel(id);
  }

  #confirm(id: OrderId): Promise<Reply> {
    return this.#clients.ask(this.#name, () => confirmOrder(id));
  }

  #cancel(id: OrderId): Promise<Reply> {
    return this.#clients.ask(this.#name, () => cancelOrder(id));
  }
}
