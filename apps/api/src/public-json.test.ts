import { type Actor, mainLocation, type Sku } from "@holdfast/domain";
import { expect, test } from "vitest";
import { TestApi, tea } from "./test-api.ts";

// What the API answers, byte by byte. A change of the public JSON shows as a change of the golden file, which
// `pnpm exec vitest run apps/api/src/public-json.test.ts -u` writes anew. The changelog has to name it then.

/** Headers that belong to an answer's meaning. */
const meantHeaders = ["location", "idempotent-replayed", "x-holdfast-source", "retry-after"];

/** Fields that differ from run to run, and texts for people, which may change. */
const leftOut = /"(requestId|key|title|detail|message)":"[^"]*"/g;

const ownerKey = "secret-of-the-owner";
const owner = { authorization: `Bearer ${ownerKey}` };

/** A shop that records every request and its answer. */
class RecordedShop {
  readonly api = new TestApi({
    settings: { latePayment: "review", apiKeys: new Map([[ownerKey, "owner" as Actor]]) },
  });
  readonly #lines: string[] = [];

  /** Gives the answer's id; "" where it has none. */
  async post(path: string, body?: object, key?: string): Promise<string> {
    const headers = { ...owner, ...(key && { "idempotency-key": key }) };
    const sent = [`POST ${path}`, ...(body ? [JSON.stringify(body)] : []), ...(key ? [`(key ${key})`] : [])];
    const answer = await this.#record(sent.join(" "), await this.api.post(path, body, headers));
    return (JSON.parse(answer) as { readonly id?: string }).id ?? "";
  }

  async patch(path: string, body: object): Promise<void> {
    await this.#record(`PATCH ${path} ${JSON.stringify(body)}`, await this.api.patch(path, body, owner));
  }

  async put(path: string, body: object): Promise<void> {
    const text = JSON.stringify(body);
    const headers = { ...owner, "content-type": "application/json" };
    await this.#record(`PUT ${path} ${text}`, await this.api.send("PUT", path, text, headers));
  }

  async get(...paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#record(`GET ${path}`, await this.api.get(path, owner));
  }

  async #record(sent: string, response: Response): Promise<string> {
    const headers = meantHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [`${name}: ${value}`];
    });
    const text = await response.text();
    this.#lines.push(sent, [response.status, ...headers].join(" "), text.replace(leftOut, '"$1":"..."'), "");
    return text;
  }

  get text(): string {
    return this.#lines.join("\n");
  }
}

/** Every command that a request can send, with and without its optional fields. */
async function sell(shop: RecordedShop): Promise<void> {
  await shop.post("/v1/products", tea, "tea");
  await shop.post("/v1/products", tea, "tea");
  await shop.post("/v1/products", { sku: "cup", name: "Cup", price: { currency: "JPY", amount: 900 } });
  await shop.post("/v1/stock-adjustments", { sku: "cup", delta: 3, reason: "restock", reference: "note-1" }, "cups");
  await shop.post("/v1/stock-adjustments", { sku: "cup", delta: 3, reason: "restock", reference: "note-1" }, "cups");
  await shop.post("/v1/locations", { id: "berlin", name: "Berlin", priority: 2 });
  await shop.post("/v1/stock-adjustments", { sku: "tea", locationId: "berlin", delta: 2, reason: "correction" });

  const line = { sku: "tea", quantity: 2 };
  const paid = await shop.post("/v1/orders", { lines: [line] });
  const cart = { lines: [line, line], customerId: "ann", locationId: "main", holdSeconds: 86_400 };
  const cancelled = await shop.post("/v1/orders", cart, "cart");
  await shop.post("/v1/orders", cart, "cart");
  await shop.post("/v1/orders", { ...cart, lines: [line] }, "cart");
  await shop.post(`/v1/orders/${paid}/confirm`, { paymentReference: "pay-1" });
  await shop.post(`/v1/orders/${paid}/confirm`, { paymentReference: "pay-1" });
  await shop.post(`/v1/orders/${paid}/confirm`, { paymentReference: "pay-2" });
  await shop.post(`/v1/orders/${paid}/refunds`, { paymentReference: "pay-2", refundReference: "refund-2" });
  await shop.put(`/v1/orders/${cancelled}/lines`, { lines: [line, { sku: "cup", quantity: 1 }] });
  await shop.put(`/v1/orders/${cancelled}/lines`, { lines: [{ sku: "tea", quantity: 3 }] });
  await shop.put(`/v1/orders/${paid}/lines`, { lines: [line] });
  await shop.patch(`/v1/orders/${paid}`, { reference: "2026-1", metadata: { channel: "web", gift: "yes" } });
  await shop.patch(`/v1/orders/${paid}`, { reference: "2026-1", metadata: { gift: null } });
  await shop.get("/v1/orders?reference=2026-1", "/v1/orders?paymentReference=pay-2", "/v1/orders?metadata=channel:web");
  await shop.post(`/v1/orders/${paid}/cancel`);
  await shop.post(`/v1/orders/${cancelled}/cancel`);
  await shop.post(`/v1/orders/${cancelled}/confirm`);
  await shop.post(`/v1/orders/${cancelled}/refunds`, {});
  await shop.get(`/v1/orders/${paid}`, `/v1/orders/${cancelled}`);
  const policies = { minimumQuantity: 6, quantityMultiple: 6, releaseAt: "2026-02-01T00:00:00Z", holdSeconds: 900 };
  await shop.post("/v1/products", { sku: "crate", name: "Crate", price: tea.price, totalStock: 60, policies });
  await shop.post("/v1/orders", { lines: [{ sku: "crate", quantity: 12 }] });
  await shop.post("/v1/orders", { lines: [{ sku: "crate", quantity: 7 }] });
}

/** Payments that come after the reservation, of orders whose stock is still there and is not, with their reviews. */
async function payLate(shop: RecordedShop): Promise<void> {
  const place = (customerId: string) => shop.post("/v1/orders", { lines: [{ sku: "cup", quantity: 1 }], customerId });
  const [first, second, third] = [await place("bob"), await place("cid"), await place("dan")];
  shop.api.seconds = 300;
  await shop.api.expireDue();
  await shop.post(`/v1/orders/${first}/confirm`, { paymentReference: "pay-3" });
  await shop.post("/v1/orders", { lines: [{ sku: "cup", quantity: 2 }] });
  shop.api.seconds = 301;
  await shop.post(`/v1/orders/${second}/confirm`, { paymentReference: "pay-4" });
  await shop.post(`/v1/orders/${second}/review`, { decision: "SELL" });
  await shop.post(`/v1/orders/${second}/review`, { decision: "REFUND" });
  await shop.post(`/v1/orders/${third}/confirm`);
  await shop.post("/v1/stock-adjustments", { sku: "cup", delta: 1, reason: "restock" });
  await shop.post(`/v1/orders/${third}/review`, { decision: "SELL" });
  await shop.get(...[first, second, third].map((id) => `/v1/orders/${id}`));
  await shop.get(`/v1/reservations/${first.replace("ord_", "res_")}`);
}

/** What leaves of an order, in two parcels, and what cannot. */
async function ship(shop: RecordedShop): Promise<void> {
  const sold = await shop.post("/v1/orders", { lines: [{ sku: "tea", quantity: 3 }] });
  const parcels = `/v1/orders/${sold}/fulfilments`;
  await shop.post(parcels, {});
  await shop.post(`/v1/orders/${sold}/confirm`, { paymentReference: "pay-5" });
  const first = { lines: [{ sku: "tea", locationId: "main", quantity: 1 }], reference: "parcel-1" };
  await shop.post(parcels, first, "parcel");
  await shop.post(parcels, first, "parcel");
  await shop.post(parcels, { lines: [{ sku: "tea", quantity: 9 }] });
  await shop.post(parcels, {});
  await shop.post(parcels, {});
  await shop.get(`/v1/orders/${sold}`, parcels);
  const back = { lines: [{ sku: "tea", quantity: 1, disposition: "RESTOCK" }], reference: "rma-1" };
  await shop.post(`/v1/orders/${sold}/returns`, back, "back");
  await shop.post(`/v1/orders/${sold}/returns`, back, "back");
  await shop.post(`/v1/orders/${sold}/returns`, { lines: [{ sku: "tea", quantity: 9, disposition: "DISCARD" }] });
  await shop.post(`/v1/orders/${sold}/cancellations`, {});
  await shop.post(`/v1/orders/${sold}/repayments`, { amount: 9_999 });
  await shop.post(`/v1/orders/${sold}/repayments`, { reference: "re-5" });
  await shop.post(`/v1/orders/${sold}/repayments`, {});
  await shop.get(`/v1/orders/${sold}`, `/v1/orders/${sold}/reversals`, `/v1/orders/${sold}/repayments`);
}

/** What goes from place to place, and comes from a supplier. */
async function transfer(shop: RecordedShop): Promise<void> {
  const lines = [{ sku: "cup", quantity: 2 }];
  const bought = { toLocationId: "main", lines: [{ sku: "cup", quantity: 5 }], reference: "po-1" };
  const order = await shop.post("/v1/transfers", { ...bought, expectedAt: "2026-02-01T00:00:00Z" }, "po");
  await shop.post("/v1/transfers", { ...bought, expectedAt: "2026-02-01T00:00:00Z" }, "po");
  const arrived = [
    { sku: "cup", quantity: 3 },
    { sku: "cup", quantity: 1, condition: "UNSELLABLE" },
  ];
  await shop.post(`/v1/transfers/${order}/receive`, { lines: arrived, reference: "rcv-1" }, "arrived");
  await shop.post(`/v1/transfers/${order}/receive`, { lines: arrived });
  await shop.post(`/v1/transfers/${order}/close`, { lossReason: "not_delivered", note: "sold out there" });
  const sent = await shop.post("/v1/transfers", {
    fromLocationId: "main",
    toLocationId: "berlin",
    lines,
    note: "by van",
  });
  await shop.post(`/v1/transfers/${sent}/receive`, {});
  await shop.post(`/v1/transfers/${sent}/ship`);
  await shop.post(`/v1/transfers/${sent}/cancel`);
  await shop.post(`/v1/transfers/${sent}/ship`);
  await shop.post("/v1/transfers", { fromLocationId: "main", toLocationId: "main", lines });
  await shop.get(
    `/v1/transfers/${order}`,
    `/v1/transfers/${order}/receipts`,
    "/v1/transfers",
    "/v1/transfers/trf_none",
  );
}

/** Refusals with details of their own. */
async function refuse(shop: RecordedShop): Promise<void> {
  await shop.post("/v1/products", tea);
  await shop.post("/v1/orders", { lines: [{ sku: "tea", quantity: 100 }] });
  await shop.post("/v1/orders", { lines: [{ sku: "none", quantity: 1 }] });
  const mixed = ["tea", "cup"].map((sku) => ({ sku, quantity: 1 }));
  await shop.post("/v1/orders", { lines: mixed, customerId: "" });
  await shop.post("/v1/orders", { lines: mixed });
  await shop.post("/v1/stock-adjustments", { sku: "tea", delta: -100, reason: "damage" });
  await shop.post("/v1/locations", { id: "berlin", name: "Hamburg" });
  await shop.post("/v1/stock-adjustments", { sku: "tea", locationId: "brelin", delta: 1, reason: "restock" });
  await shop.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }], locationId: "brelin" });
  await shop.post("/v1/orders/ord_none/confirm");
  await shop.get(
    "/v1/orders/ord_none",
    "/v1/products/none",
    "/v1/reservations/res_none",
    "/v1/stock-movements?sku=none",
  );
  await shop.get("/v1/orders?cursor=none", "/v1/stock-levels/tea/main/explain?at=2999-01-01T00:00:00Z", "/v1/none");
}

/** Figures after an edit by hand, and their corrections. */
async function correct(shop: RecordedShop): Promise<void> {
  await shop.api.database.editLevel(
    { sku: "tea" as Sku, locationId: mainLocation },
    { totalStock: 9, reservedStock: 1 },
  );
  await shop.get("/v1/reconciliation?sku=tea", "/v1/stock-levels/tea/main/explain");
  const expected = { totalStock: 8, reservedStock: 0, committedStock: 2 };
  await shop.post("/v1/reconciliation/corrections", {
    sku: "tea",
    reason: "wrong",
    expected: { ...expected, totalStock: 1 },
  });
  await shop.post("/v1/reconciliation/corrections", { sku: "tea", reason: "edited by hand", expected }, "correction");
  await shop.post("/v1/reconciliation/corrections", { sku: "tea", reason: "edited by hand", expected }, "correction");
  await shop.post("/v1/reconciliation/corrections", { sku: "tea", reason: "edited by hand", expected });
}

/** Every list, whole and by pages, and everything derived from it. */
async function read(shop: RecordedShop): Promise<void> {
  await shop.get("/v1/locations", "/v1/locations?limit=1", "/v1/locations/berlin", "/v1/locations/brelin");
  await shop.get("/v1/products", "/v1/products?limit=1", "/v1/products/tea", "/v1/products/cup");
  await shop.get("/v1/orders", "/v1/orders?limit=1", "/v1/orders?status=CONFIRMED&customerId=bob");
  await shop.get("/v1/reservations", "/v1/reservations?limit=1&status=EXPIRED");
  await shop.get("/v1/stock-movements?sku=tea", "/v1/stock-movements?sku=cup", "/v1/stock-movements?sku=cup&limit=2");
  await shop.get("/v1/reconciliation", "/v1/reconciliation?sku=tea&levelsOnly=true");
  await shop.get("/v1/stock-levels/tea/main/explain", "/v1/stock-levels/cup/main/explain?at=2026-01-01T00:00:00Z");
  await shop.get("/v1/events?limit=200", "/v1/events?limit=1", "/v1/low-stock");
}

test("answers every call byte by byte as the golden file has it", async () => {
  const shop = new RecordedShop();
  for (const part of [sell, payLate, ship, refuse, correct, transfer, read]) await part(shop);
  await expect(shop.text).toMatchFileSnapshot("./public-json.golden.txt");
});

test("shows records that cannot be read, and API keys, byte by byte as the golden file has them", async () => {
  const shop = new RecordedShop();
  const { database } = shop.api;
  await shop.post("/v1/products", tea);
  await shop.post("/v1/products", { ...tea, sku: "cup" });
  const order = await shop.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] });
  await database.corrupt("order", order, { placedAt: "yesterday" });
  await database.corrupt("stock_level", "cup@main", { totalStock: "10" });
  const [, , entry] = await database.queries.feed({ limit: 9 });
  await database.corrupt("journal_entry", String(entry?.id), { at: "now" });
  await shop.get("/v1/orders", `/v1/orders/${order}`, "/v1/reservations", "/v1/products", "/v1/events");
  await shop.get("/v1/stock-movements?sku=cup", "/v1/reconciliation", "/v1/stock-levels/cup/main/explain");
  const made = await shop.post(
    "/v1/api-keys",
    { name: "shop", scopes: ["orders:read"], rateLimitPerSecond: 5 },
    "shop",
  );
  await shop.post("/v1/api-keys", { name: "shop", scopes: ["orders:read"], rateLimitPerSecond: 5 }, "shop");
  const broken = await shop.post("/v1/api-keys", { name: "till", scopes: ["admin"] });
  await shop.post(`/v1/api-keys/${made}/revoke`);
  await database.corrupt("api_key", broken, { scopes: "admin" });
  await shop.get("/v1/api-keys");
  await expect(shop.text).toMatchFileSnapshot("./unreadable-json.golden.txt");
});
