import {
  type AdjustStock,
  availableStock,
  levelKey,
  type Order,
  type OrderId,
  type Quantity,
  reviewDecisions,
} from "@holdfast/domain";
import { adjustStock, randomAdjustment } from "../models/adjust-stock.ts";
import { cancelOrder } from "../models/cancel-order.ts";
import type { Body } from "../models/command-model.ts";
import { confirmOrder, type PaidBy, payments } from "../models/confirm-order.ts";
import { catalogue, createProduct } from "../models/create-product.ts";
import { placeOrder, randomCart } from "../models/place-order.ts";
import { recordRefund } from "../models/record-refund.ts";
import { reviewLatePayment } from "../models/review-late-payment.ts";
import type { World } from "../world.ts";
import type { Clients, KeyedCart } from "./clients.ts";
import type { Reply } from "./reply.ts";

/** What a shopper does about an order. */
const deeds = [
  "pays",
  "pays",
  "pays twice",
  "pays by two cards",
  "gives back",
  "both",
  "pays, then gives back",
  "forgets",
] as const;

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
    const { time, random, crowd } = this.#world;
    while (more()) {
      await time.sleep(random.between(0, crowd.pauseMsMax));
      if (random.chance(0.2)) await this.#count();
      else await this.#buy();
    }
  }

  /** Counts stock up or down, at times twice or with two bodies under one key, or creates a product that there is. */
  async #count(): Promise<void> {
    const { random, crowd, newId } = this.#world;
    const claim = random.chance(0.7) ? { key: `shop:${newId()}`, fingerprint: "f" } : undefined;
    const repeat = claim === undefined ? "once" : "safe";
    if (random.chance(0.1)) {
      const [product] = catalogue(random, crowd);
      if (product) await this.#clients.ask(this.#name, () => createProduct(product, newId(), claim), repeat);
      return;
    }
    const count = (body: Body<AdjustStock>, fingerprint: string) =>
      this.#clients.ask(this.#name, () => adjustStock(body, newId(), claim && { ...claim, fingerprint }), repeat);
    const body = randomAdjustment(random, crowd);
    const replies = [count(body, "f")];
    if (claim && random.chance(0.2)) replies.push(count(body, "f"));
    if (claim && random.chance(0.2)) replies.push(count(randomAdjustment(random, crowd), "other"));
    await Promise.all(replies);
  }

  async #buy(): Promise<void> {
    const { random, crowd, newId, time } = this.#world;
    const body = randomCart(random, crowd);
    if (random.chance(0.15)) {
      const reply = await this.#clients.ask(this.#name, () => placeOrder(body, newId()), "once");
      await this.#decide(reply, body.holdSeconds);
      return;
    }
    const cart = { body, claim: { key: `shop:${newId()}`, fingerprint: "f" } };
    this.#clients.carts.push(cart);
    const replies = [this.#clients.place(this.#name, cart)];
    if (random.chance(0.35)) replies.push(this.#clients.place(`${this.#name} again`, cart));
    if (random.chance(0.3)) replies.push(this.#placeOther(cart));
    const [reply] = await Promise.all(replies);
    if (reply) await this.#decide(reply, body.holdSeconds);
    if (!random.chance(0.2)) return;
    await time.sleep(random.between(0, 1_000));
    await this.#clients.place(`${this.#name} later`, cart);
  }

  /** Another body under the same key. */
  #placeOther({ claim }: KeyedCart): Promise<Reply> {
    const { random, crowd } = this.#world;
    const other = { body: randomCart(random, crowd), claim: { key: claim.key, fingerprint: "other" } };
    return this.#clients.place(`${this.#name} in error`, other);
  }

  /** Pays, gives back, both at once, or forgets; mostly while the hold lives. */
  async #decide(reply: Reply, holdSeconds: number): Promise<void> {
    if (reply.kind !== "ok") return;
    const { random, time } = this.#world;
    const order = reply.subject as Order;
    const { id } = order;
    const late = random.chance(0.4);
    await time.sleep(late ? holdSeconds * 1_000 + random.between(-50, 1_500) : random.between(0, holdSeconds * 900));
    if (late && random.chance(0.5)) await this.#buyUp(order);
    const does = random.pick(deeds);
    if (does !== "forgets") await this.#end(id, does);
    if (random.chance(0.3)) await this.#changeMind(id);
    const now = this.#world.database.tables.entities.orders.get(id);
    if (now?.payments.some(({ outcome }) => outcome === "REVIEW_DUE") || random.chance(0.05)) await this.#review(id);
    if (now?.payments.some(({ outcome }) => outcome === "REFUND_DUE") || random.chance(0.05)) await this.#refund(id);
  }

  async #end(id: OrderId, does: Exclude<(typeof deeds)[number], "forgets">): Promise<void> {
    if (does === "gives back") await this.#cancel(id);
    else if (does === "pays twice") await Promise.all([this.#confirm(id), this.#confirm(id)]);
    else if (does === "pays by two cards") {
      await Promise.all([this.#confirm(id, "card"), this.#confirm(id, "other card")]);
    } else if (does === "both") await Promise.all([this.#confirm(id), this.#cancel(id)]);
    else await this.#confirm(id);
    if (does === "pays, then gives back") await this.#cancel(id);
  }

  /** Comes back to an order that has ended by now, mostly: pays it again or after all, or gives it back. */
  async #changeMind(id: OrderId): Promise<void> {
    const { random, time } = this.#world;
    await time.sleep(random.between(0, 3_000));
    if (random.chance(0.5)) await this.#cancel(id);
    if (random.chance(0.7)) await this.#confirm(id, random.pick(payments));
  }

  /** Somebody else takes all that is left of a line, for a while. */
  async #buyUp({ lines, locationId }: Order): Promise<void> {
    const { random, newId, database } = this.#world;
    const { sku } = random.pick(lines);
    const level = database.tables.entities.levels.get(levelKey(sku, locationId));
    const quantity = (level === undefined ? 0 : availableStock(level)) as Quantity;
    if (quantity === 0) return;
    const body = { locationId, lines: [{ sku, quantity }], holdSeconds: random.pick([1, 2, 30]) };
    await this.#clients.ask(`${this.#name}'s rival`, () => placeOrder(body, newId()), "once");
  }

  /** Somebody decides a late payment: once, twice, or two of them at once, and the shopper asks again meanwhile. */
  async #review(id: OrderId): Promise<void> {
    const { random, time, crowd } = this.#world;
    for (let looks = random.between(1, 4); looks > 0; looks -= 1) {
      await time.sleep(random.between(0, 2 * crowd.pauseMsMax));
      const decisions = Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(reviewDecisions));
      const asked = decisions.map((decision) =>
        this.#clients.ask(`${this.#name}'s clerk`, () => reviewLatePayment(id, decision)),
      );
      if (random.chance(0.3)) asked.push(this.#confirm(id));
      await Promise.all(asked);
    }
  }

  /** The shop gives money back: once, twice, by two clerks at once, or of a payment that never came. */
  async #refund(id: OrderId): Promise<void> {
    const { random } = this.#world;
    for (let times = random.between(1, 3); times > 0; times -= 1) {
      const asked = Array.from({ length: random.pick([1, 1, 2]) }, () => {
        const [by, reference] = [random.pick(payments), random.pick(["re-1", "re-1", "re-2", undefined])];
        return this.#clients.ask(`${this.#name}'s clerk`, () => recordRefund(id, by, reference));
      });
      if (random.chance(0.3)) asked.push(this.#confirm(id));
      await Promise.all(asked);
    }
  }

  #confirm(id: OrderId, by: PaidBy = "card"): Promise<Reply> {
    const { random, crowd } = this.#world;
    return this.#clients.ask(this.#name, () => confirmOrder(id, random.pick(crowd.latePayment), by));
  }

  #cancel(id: OrderId): Promise<Reply> {
    return this.#clients.ask(this.#name, () => cancelOrder(id));
  }
}
