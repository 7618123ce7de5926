import { expectEqual } from "./expect-equal.ts";
import { streamed } from "./streamed.ts";

/** A Holdfast to check, wherever it runs. */
export interface CheckedShop {
  /** Asks it as a caller who may do everything. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** In how many commits fifty orders that come at once may end at most. */
  readonly commitsMax: number;
}

/** What a Holdfast must show on every runtime, each with SKUs of its own. */
export const shopChecks: Readonly<Record<string, (shop: CheckedShop) => Promise<void>>> = {
  async "places an order, and holds its units"(shop) {
    await make(shop, "placed", 5);
    const { status, body } = await place(shop, "placed", 2);
    expectEqual([status, body["status"], body["total"]], [201, "PENDING_PAYMENT", { amount: 900, currency: "EUR" }]);
    expectEqual((await place(shop, "placed", 4)).body["code"], "insufficient_stock");
    expectEqual(await stock(shop, "placed"), "5/2/0/3");
  },

  async "replays an order byte for byte, once"(shop) {
    await make(shop, "replayed", 5);
    const [first, again] = [await place(shop, "replayed", 2, "key-1"), await place(shop, "replayed", 2, "key-1")];
    expectEqual([again.status, again.text, again.replayed], [201, first.text, "true"]);
    expectEqual((await place(shop, "replayed", 1, "key-1")).body["code"], "idempotency_key_reused");
    expectEqual(await stock(shop, "replayed"), "5/2/0/3");
  },

  async "confirms an order, and says the same again"(shop) {
    await make(shop, "confirmed", 5);
    const { body } = await place(shop, "confirmed", 2);
    for (const _ of ["first", "again"]) {
      const confirmed = await answerOf(post(shop, `/v1/orders/${body["id"]}/confirm`, { paymentReference: "pay-1" }));
      expectEqual([confirmed.status, confirmed.body["status"]], [200, "CONFIRMED"]);
    }
    expectEqual(await stock(shop, "confirmed"), "5/0/2/3");
  },

  async "releases a reservation that has run out"(shop) {
    await make(shop, "expired", 5);
    const { body } = await place(shop, "expired", 2, undefined, { holdSeconds: 1 });
    for (let look = 0; look < 100; look += 1) {
      const order = await answerOf(shop.ask(`/v1/orders/${body["id"]}`));
      if (order.body["status"] === "EXPIRED") break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expectEqual(await stock(shop, "expired"), "5/0/0/5");
  },

  async "streams what happens, to a reader who came before and to one who comes later"(shop) {
    const end = await answerOf(shop.ask("/v1/events?limit=1"));
    expectEqual(end.status, 200);
    const early = streamed(shop, (event) => event["type"] === "OrderPlaced" && skuOf(event) === "streamed");
    await make(shop, "streamed", 5);
    const { body } = await place(shop, "streamed", 2);
    const late = streamed(shop, (event) => event["type"] === "OrderPlaced" && skuOf(event) === "streamed");
    expectEqual([(await early)["orderId"], (await late)["orderId"]], [body["id"], body["id"]]);
  },

  async "sells fifty who come at once what is there, in a few commits"(shop) {
    await make(shop, "rushed", 30);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => place(shop, "rushed", 1, `rush-${n}`)));
    const statuses = answers.map(({ status }) => status).sort();
    expectEqual(statuses, [...Array(30).fill(201), ...Array(20).fill(409)]);
    expectEqual(await stock(shop, "rushed"), "30/30/0/0");
    const movements = await answerOf(shop.ask("/v1/stock-movements?sku=rushed&limit=200"));
    expectEqual((movements.body["data"] as unknown[]).length, 31);
    const commits = await commitsOf(shop, "rushed");
    if (commits > shop.commitsMax) throw new Error(`fifty orders at once took ${commits} commits`);
  },

  async "refuses what it does not know with a problem"(shop) {
    const malformed = await answerOf(post(shop, "/v1/orders", { lines: [] }));
    expectEqual([malformed.status, malformed.body["code"]], [400, "malformed_request"]);
    const missing = await answerOf(shop.ask("/v1/orders/ord_none"));
    expectEqual([missing.status, missing.body["code"]], [404, "order_not_found"]);
  },
};

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly replayed: string | null;
}

async function answerOf(response: Promise<Response>): Promise<Answered> {
  const { status, headers, ...rest } = await response.then(async (each) => ({
    status: each.status,
    headers: each.headers,
    text: await each.text(),
  }));
  return { status, text: rest.text, body: JSON.parse(rest.text), replayed: headers.get("Idempotent-Replayed") };
}

function post(shop: CheckedShop, path: string, body: object, headers = {}): Promise<Response> {
  return shop.ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function make(shop: CheckedShop, sku: string, totalStock: number): Promise<void> {
  const price = { amount: 450, currency: "EUR" };
  expectEqual((await answerOf(post(shop, "/v1/products", { sku, name: "Green tea", price, totalStock }))).status, 201);
}

function place(shop: CheckedShop, sku: string, quantity: number, key?: string, more: object = {}): Promise<Answered> {
  const headers = key === undefined ? {} : { "idempotency-key": `${sku}-${key}` };
  return answerOf(post(shop, "/v1/orders", { lines: [{ sku, quantity }], ...more }, headers));
}

/** `total/reserved/committed/available` of a product. */
async function stock(shop: CheckedShop, sku: string): Promise<string> {
  const { body } = await answerOf(shop.ask(`/v1/products/${sku}`));
  return [body["totalStock"], body["reservedStock"], body["committedStock"], body["availableStock"]].join("/");
}

/** In how many commits the orders of a SKU were placed. */
async function commitsOf(shop: CheckedShop, sku: string): Promise<number> {
  const commits = new Set<unknown>();
  for (let cursor = ""; ; ) {
    const page = await answerOf(shop.ask(`/v1/events?limit=200${cursor}`));
    const events = page.body["data"] as Readonly<Record<string, unknown>>[];
    if (events.length === 0) return commits.size;
    for (const event of events)
      if (event["type"] === "OrderPlaced" && skuOf(event) === sku) commits.add(event["position"]);
    cursor = `&cursor=${page.body["nextCursor"]}`;
  }
}

function skuOf(event: Readonly<Record<string, unknown>>): unknown {
  return (event["lines"] as { readonly sku: string }[] | undefined)?.[0]?.sku;
}
