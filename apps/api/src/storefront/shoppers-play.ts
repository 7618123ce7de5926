import { type Actor, limits } from "@holdfast/domain";
import fc from "fast-check";
import { answered, TestApi } from "../test-api.ts";

// A storefront as its shoppers and an attacker use it, against a second account of who may see and do what. The simulator of
// packages/simulator plays the engine below the API, where there are neither keys nor tokens.

/** One thing that someone does. The numbers choose among what there is, whatever that is by then. */
export type Deed =
  | { readonly type: "place"; readonly page: number; readonly quantity: number }
  | { readonly type: "replay"; readonly order: number; readonly page: number; readonly sameCart: boolean }
  | {
      readonly type: "read" | "cancel" | "stream";
      readonly order: number;
      readonly page: number;
      readonly shows: Shows;
    }
  | { readonly type: "confirm"; readonly order: number; readonly by: "page" | "server" }
  | { readonly type: "list"; readonly page: number }
  | { readonly type: "wait"; readonly seconds: number };

/** Which token a page shows: the order's, that of another order, one that is made up, or none. */
type Shows = "its own" | "another's" | "a guess" | "nothing";

const order = fc.nat({ max: 9 });
const page = fc.nat({ max: 1 });
const shows = fc.constantFrom<Shows>("its own", "its own", "another's", "a guess", "nothing");

export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ type: fc.constant("place" as const), page, quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant("replay" as const), order, page, sameCart: fc.boolean() }),
  fc.record({ type: fc.constantFrom("read" as const, "cancel" as const, "stream" as const), order, page, shows }),
  fc.record({ type: fc.constant("confirm" as const), order, by: fc.constantFrom("page" as const, "server" as const) }),
  fc.record({ type: fc.constant("list" as const), page }),
  fc.record({ type: fc.constant("wait" as const), seconds: fc.constantFrom(1, 200) }),
);

/** How requests reach the API: a bug can be planted here. */
export type Passage = (request: Request, send: (request: Request) => Promise<Response>) => Promise<Response>;

export const honest: Passage = (request, send) => send(request);

const serverKey = "s3cret-of-the-shops-server";
const stock = 12;

/** What is known of an order besides the API. */
interface Placed {
  readonly id: string;
  readonly token: string;
  readonly secret: string;
  readonly page: number;
  readonly quantity: number;
  /** The answer to its placing, which every replay gives again. */
  readonly answer: string;
  status: "PENDING_PAYMENT" | "CONFIRMED" | "CANCELLED";
}

interface Said {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
}

/** A shop with two storefronts. Throws at the first answer that is not what the second account expects. */
export class ShoppersPlay {
  readonly #api = new TestApi({ settings: { apiKeys: new Map([[serverKey, "server" as Actor]]) } });
  readonly #passage: Passage;
  readonly #keys: string[] = [];
  readonly #orders: Placed[] = [];
  #secrets = 0;

  private constructor(passage: Passage) {
    this.#passage = passage;
  }

  static async open(passage: Passage): Promise<ShoppersPlay> {
    const play = new ShoppersPlay(passage);
    const server = { authorization: `Bearer ${serverKey}` };
    const product = { sku: "tea", name: "Tea", price: { amount: 450, currency: "EUR" }, totalStock: stock };
    await answered(201, play.#api.post("/v1/products", product, server));
    for (const name of ["shop", "outlet"]) {
      const made = await answered(201, play.#api.post("/v1/api-keys", { name, scopes: ["checkout"] }, server));
      play.#keys.push(String(made["key"]));
    }
    return play;
  }

  /** Does one thing, and checks its answer. */
  async do(deed: Deed): Promise<void> {
    switch (deed.type) {
      case "place":
        return await this.#place(deed.page, deed.quantity);
      case "replay":
        return await this.#replay(deed);
      case "read":
      case "cancel":
      case "stream":
        return await this.#ask(deed);
      case "confirm":
        return await this.#confirm(deed.order, deed.by);
      case "list":
        return this.#expect("a list of all orders", await this.#send("GET", "/v1/orders", deed.page), 403, "forbidden");
      case "wait":
        this.#api.seconds += deed.seconds;
    }
  }

  /** Checks at the end that nothing but what the account knows holds or has sold stock. */
  async settle(): Promise<void> {
    const held = this.#units((each) => each.status === "PENDING_PAYMENT");
    const sold = this.#units((each) => each.status === "CONFIRMED");
    const product = await answered(200, this.#api.get("/v1/products/tea", { authorization: `Bearer ${serverKey}` }));
    const found = `${product["reservedStock"]} held, ${product["committedStock"]} sold`;
    if (found !== `${held} held, ${sold} sold`) throw new Error(`${found}, not ${held} and ${sold}`);
  }

  #units(counts: (order: Placed) => boolean): number {
    return this.#orders.filter(counts).reduce((sum, { quantity }) => sum + quantity, 0);
  }

  async #place(page: number, quantity: number, secret = this.#newSecret()): Promise<void> {
    const cart = { lines: [{ sku: "tea", quantity }] };
    const said = await this.#send("POST", "/v1/orders", page, cart, { "idempotency-key": secret });
    const free = stock - this.#units(({ status }) => status !== "CANCELLED");
    if (quantity > free) return this.#expect("an order of too much", said, 409, "insufficient_stock");
    if (said.status !== 201 || said.replayed) throw new Error(`a new order was answered ${said.status} ${said.text}`);
    const { id, orderToken: token } = JSON.parse(said.text);
    if (typeof token !== "string") throw new Error("a placed order came without its token");
    if (this.#orders.some((each) => each.id === id || each.token === token)) {
      throw new Error(`${id} or its token was there before`);
    }
    this.#orders.push({ id, token, secret, page, quantity, answer: said.text, status: "PENDING_PAYMENT" });
  }

  #newSecret(): string {
    this.#secrets += 1;
    return `secret-of-a-shopper-${String(this.#secrets).padStart(limits.shopperSecretLengthMin, "0")}`;
  }

  async #replay({ order: index, page, sameCart }: Extract<Deed, { type: "replay" }>): Promise<void> {
    const { secret, quantity: first } = this.#orders[index % this.#orders.length] ?? {};
    if (secret === undefined || first === undefined) return;
    const placed = this.#orders.find((each) => each.page === page && each.secret === secret);
    // The other storefront's shopper of that secret is someone else.
    if (placed === undefined) return await this.#place(page, first, secret);
    const cart = { lines: [{ sku: "tea", quantity: placed.quantity + (sameCart ? 0 : 1) }] };
    const said = await this.#send("POST", "/v1/orders", page, cart, { "idempotency-key": secret });
    if (!sameCart) return this.#expect("a secret with another cart", said, 422, "idempotency_key_reused");
    if (said.status !== 201 || !said.replayed || said.text !== placed.answer) {
      throw new Error(`a replay was answered ${said.status} ${said.text}, and not as the placing: ${placed.answer}`);
    }
  }

  async #ask({ type, order: index, page: pageOf, shows: shown }: Extract<Deed, { shows: Shows }>): Promise<void> {
    const placed = this.#orders[index % this.#orders.length];
    if (placed === undefined) return;
    const token = this.#tokenShown(placed, shown);
    const [method, path] = { read: ["GET", ""], cancel: ["POST", "/cancel"], stream: ["POST", "/stream-tokens"] }[
      type
    ] as [string, string];
    const headers = token === undefined ? {} : { "order-token": token };
    const said = await this.#send(method, `/v1/orders/${placed.id}${path}`, pageOf, undefined, headers);
    const what = `${type} of an order with ${shown === "nothing" ? "no token" : `token: ${shown}`} by storefront ${pageOf}`;
    if (token === undefined) return this.#expect(what, said, 403, "forbidden");
    if (token !== placed.token || pageOf !== placed.page) return this.#expect(what, said, 404, "order_not_found");
    if (type === "cancel" && placed.status === "CONFIRMED")
      return this.#expect(what, said, 409, "order_not_cancellable");
    if (type === "cancel") placed.status = "CANCELLED";
    if (type === "stream") return await this.#follow(placed, said);
    this.#expect(what, said, 200, `"status":"${placed.status}"`);
  }

  /** A token opens the stream of its own order, and that of no other one. */
  async #follow(placed: Placed, said: Said): Promise<void> {
    this.#expect("a token for a stream", said, 200, "hfs_");
    const { token } = JSON.parse(said.text);
    for (const each of this.#orders) {
      const request = new Request(`http://localhost/v1/orders/${each.id}/stream?token=${token}`);
      const { status, body } = await this.#passage(request, async (asked) => await this.#api.app.fetch(asked));
      await body?.cancel();
      if (status !== (each === placed ? 200 : 401)) throw new Error(`a stream's token opens another order: ${status}`);
    }
  }

  #tokenShown(placed: Placed, shown: Shows): string | undefined {
    if (shown === "nothing") return undefined;
    if (shown === "its own") return placed.token;
    const other = this.#orders.find((each) => each !== placed);
    return shown === "another's" && other !== undefined ? other.token : `hfo_${"x".repeat(43)}`;
  }

  async #confirm(index: number, by: "page" | "server"): Promise<void> {
    const placed = this.#orders[index % this.#orders.length];
    if (placed === undefined) return;
    const key = by === "page" ? placed.page : serverKey;
    const said = await this.#send(
      "POST",
      `/v1/orders/${placed.id}/confirm`,
      key,
      {},
      by === "page" ? { "order-token": placed.token } : {},
    );
    if (by === "page") return this.#expect("a page that confirms", said, 403, "forbidden");
    if (placed.status === "CANCELLED")
      return this.#expect("a payment of a cancelled order", said, 409, "order_not_confirmable");
    placed.status = "CONFIRMED"; // also late: nothing is swept here, and its units are held
    this.#expect("a server that confirms", said, 200, '"status":"CONFIRMED"');
  }

  async #send(
    method: string,
    path: string,
    key: number | string,
    body?: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Said> {
    const headers = {
      authorization: `Bearer ${typeof key === "string" ? key : this.#keys[key]}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...more,
    };
    const request = new Request(`http://localhost${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await this.#passage(request, async (asked) => await this.#api.app.fetch(asked));
    return {
      status: response.status,
      text: await response.text(),
      replayed: response.headers.get("idempotent-replayed") === "true",
    };
  }

  #expect(what: string, { status, text }: Said, expected: number, includes: string): void {
    if (status !== expected || !text.includes(includes)) {
      throw new Error(`${what} was answered ${status} ${text}, and not ${expected} ${includes}`);
    }
  }
}
