import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, KeptConnections } from "./kept-connections.ts";

const stock = 1_000_000;
const againMs = 50;

export interface Sold {
  readonly sku: string;
  readonly stock: number;
  /** The bytes of every acknowledgement, by key. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Requests that were answered with 5xx and sent again. */
  readonly turnedAway: number;
  /** What no shopper may see. */
  readonly wrong: readonly string[];
}

/**
 * Shoppers of servers that are restarted. Each sends its request twice at once with one key. Like a load balancer, they send nothing more
 * to a server that says `Connection: close` or refuses a connection, until it is back.
 */
export class RestartShoppers {
  readonly #connections = new KeptConnections();
  readonly #run = randomUUID().slice(0, 8);
  readonly #up: Set<string>;
  readonly #acknowledged = new Map<string, string>();
  readonly #wrong: string[] = [];
  #turnedAway = 0;
  #open = true;
  #shopping: Promise<unknown> = Promise.resolve();

  constructor(urls: readonly string[]) {
    this.#up = new Set(urls);
  }

  get #sku(): string {
    return `restart-${this.#run}`;
  }

  /** Acknowledged orders so far. */
  get placed(): number {
    return this.#acknowledged.size;
  }

  /** Creates the product and starts the shoppers. */
  async start(shoppers: number): Promise<void> {
    const product = { sku: this.#sku, name: "Restarts", price: { amount: 100, currency: "EUR" }, totalStock: stock };
    const [url] = this.#up;
    const made = await this.#connections.post(`${url}/v1/products`, product, this.#sku);
    if (made?.status !== 201) throw new Error(`the product was answered ${made?.status} ${made?.body}`);
    this.#shopping = Promise.all(Array.from({ length: shoppers }, (_, shopper) => this.#shop(shopper)));
  }

  /** Marks a server as back. */
  back(url: string): void {
    this.#up.add(url);
  }

  /** Waits until the shoppers have stopped: after `stop`, or when no server is left. */
  async stop(): Promise<Sold> {
    this.#open = false;
    await this.#shopping;
    this.#connections.close();
    return {
      sku: this.#sku,
      stock,
      acknowledged: this.#acknowledged,
      turnedAway: this.#turnedAway,
      wrong: this.#wrong,
    };
  }

  async #shop(shopper: number): Promise<void> {
    for (let n = 0; this.#open && this.#up.size > 0; n += 1) {
      const key = `${this.#run}-${shopper}-${n}`;
      await Promise.all([this.#place(key), this.#place(key)]);
    }
  }

  async #place(key: string): Promise<void> {
    const cart = { lines: [{ sku: this.#sku, quantity: 1 }], customerId: key };
    const answer = await this.#settle(cart, key);
    if (answer === undefined) return;
    const before = this.#acknowledged.get(key) ?? answer.body;
    if (answer.status !== 201) this.#wrong.push(`${key} was answered ${answer.status} ${answer.body}`);
    else if (before !== answer.body) this.#wrong.push(`${key} was answered with two orders`);
    else this.#acknowledged.set(key, before);
  }

  /** Asks until an answer settles it. `undefined` if no server is left to ask. */
  async #settle(cart: object, key: string): Promise<Answer | undefined> {
    for (let turn = Math.random() < 0.5 ? 0 : 1; ; turn += 1) {
      const urls = [...this.#up];
      const url = urls[turn % urls.length];
      if (url === undefined) return undefined;
      const answer = await this.#connections.post(`${url}/v1/orders`, cart, key).catch((error: Error) => {
        this.#wrong.push(`${error.message}: ${error.cause}`);
        return undefined;
      });
      if (answer === undefined || answer.closes) this.#up.delete(url);
      if (answer !== undefined && answer.status < 500) return answer;
      if (answer !== undefined) this.#turnedAway += 1;
      await wait(againMs);
    }
  }
}
