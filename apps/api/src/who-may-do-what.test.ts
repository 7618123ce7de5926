import { mainLocation, type Sku } from "@holdfast/domain";
import { type Scope, scopes } from "@holdfast/http-contract";
import { describe, expect, test } from "vitest";
import { openApiInfo } from "./open-api-info.ts";
import { answered, problemOf, TestApi, tea } from "./test-api.ts";

/** Corrects the level that `openShop` edits: two orders hold one each. */
const correction = {
  sku: "tea",
  reason: "edited by hand",
  expected: { totalStock: 10, reservedStock: 2, committedStock: 0 },
};

const returned = { lines: [{ sku: "mug", quantity: 1, disposition: "RESTOCK" }] };

/**
 * Every call below `/v1`, how to make it so that a right key gets through, and the scope that it asks for. A new call
 * needs a row: `{order}`, `{late}`, `{vain}`, `{sold}`, `{left}`, `{transfer}`, `{spare}`, `{bought}`, `{lost}`, `{reservation}` and `{key}` stand for ids of what there is in the shop.
 */
const calls: readonly (readonly [call: string, path: string, body: object | undefined, scope: Scope])[] = [
  ["POST /v1/products", "/v1/products", { ...tea, sku: "cup" }, "catalogue:write"],
  ["GET /v1/products", "/v1/products", undefined, "catalogue:read"],
  ["GET /v1/products/{sku}", "/v1/products/tea", undefined, "catalogue:read"],
  ["PATCH /v1/products/{sku}", "/v1/products/tea", { name: "Tea" }, "catalogue:write"],
  ["POST /v1/locations", "/v1/locations", { id: "paris", name: "Paris" }, "catalogue:write"],
  ["GET /v1/locations", "/v1/locations", undefined, "catalogue:read"],
  ["GET /v1/locations/{id}", "/v1/locations/main", undefined, "catalogue:read"],
  ["PATCH /v1/locations/{id}", "/v1/locations/main", { name: "Store" }, "catalogue:write"],
  ["POST /v1/orders", "/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }, "orders:write"],
  ["GET /v1/orders", "/v1/orders", undefined, "orders:read"],
  ["GET /v1/orders/{id}", "/v1/orders/{order}", undefined, "orders:read"],
  ["PUT /v1/orders/{id}/lines", "/v1/orders/{order}/lines", { lines: [{ sku: "tea", quantity: 1 }] }, "orders:write"],
  ["PATCH /v1/orders/{id}", "/v1/orders/{order}", { reference: "A-1" }, "orders:write"],
  ["POST /v1/orders/{id}/confirm", "/v1/orders/{order}/confirm", {}, "orders:write"],
  ["POST /v1/orders/{id}/cancel", "/v1/orders/{order}/cancel", undefined, "orders:write"],
  ["POST /v1/orders/{id}/extend", "/v1/orders/{order}/extend", { expiresAt: "2026-01-01T01:00:00Z" }, "orders:write"],
  ["POST /v1/orders/{id}/review", "/v1/orders/{late}/review", { decision: "REFUND" }, "orders:write"],
  ["POST /v1/orders/{id}/refunds", "/v1/orders/{vain}/refunds", {}, "orders:write"],
  ["POST /v1/orders/{id}/fulfilments", "/v1/orders/{sold}/fulfilments", {}, "orders:write"],
  ["GET /v1/orders/{id}/fulfilments", "/v1/orders/{sold}/fulfilments", undefined, "orders:read"],
  ["POST /v1/orders/{id}/cancellations", "/v1/orders/{sold}/cancellations", {}, "orders:write"],
  ["POST /v1/orders/{id}/returns", "/v1/orders/{left}/returns", returned, "orders:write"],
  ["GET /v1/orders/{id}/reversals", "/v1/orders/{left}/reversals", undefined, "orders:read"],
  ["POST /v1/orders/{id}/repayments", "/v1/orders/{left}/repayments", {}, "orders:write"],
  ["GET /v1/orders/{id}/repayments", "/v1/orders/{left}/repayments", undefined, "orders:read"],
  ["GET /v1/events", "/v1/events", undefined, "orders:read"],
  ["GET /v1/events/stream", "/v1/events/stream", undefined, "orders:read"],
  ["POST /v1/events/stream-tokens", "/v1/events/stream-tokens", undefined, "orders:read"],
  ["GET /v1/orders/{id}/stream", "/v1/orders/{order}/stream", undefined, "orders:read"],
  ["POST /v1/orders/{id}/stream-tokens", "/v1/orders/{order}/stream-tokens", undefined, "orders:read"],
  ["GET /v1/reservations", "/v1/reservations", undefined, "orders:read"],
  ["GET /v1/reservations/{id}", "/v1/reservations/{reservation}", undefined, "orders:read"],
  [
    "POST /v1/transfers",
    "/v1/transfers",
    { toLocationId: "main", lines: [{ sku: "mug", quantity: 1 }] },
    "stock:write",
  ],
  ["GET /v1/transfers", "/v1/transfers", undefined, "orders:read"],
  ["GET /v1/transfers/{id}", "/v1/transfers/{transfer}", undefined, "orders:read"],
  ["POST /v1/transfers/{id}/ship", "/v1/transfers/{transfer}/ship", undefined, "stock:write"],
  ["POST /v1/transfers/{id}/receive", "/v1/transfers/{bought}/receive", {}, "stock:write"],
  ["GET /v1/transfers/{id}/receipts", "/v1/transfers/{bought}/receipts", undefined, "orders:read"],
  ["POST /v1/transfers/{id}/close", "/v1/transfers/{lost}/close", { lossReason: "lost" }, "stock:write"],
  ["POST /v1/transfers/{id}/cancel", "/v1/transfers/{spare}/cancel", undefined, "stock:write"],
  ["POST /v1/stock-adjustments", "/v1/stock-adjustments", { sku: "tea", delta: 1, reason: "restock" }, "stock:write"],
  [
    "POST /v1/stock-adjustments/batch",
    "/v1/stock-adjustments/batch",
    { adjustments: [{ sku: "tea", delta: 1, reason: "restock" }] },
    "stock:write",
  ],
  ["POST /v1/stock-counts", "/v1/stock-counts", { sku: "tea", counted: 10 }, "stock:write"],
  ["POST /v1/stock-counts/batch", "/v1/stock-counts/batch", { counts: [{ sku: "tea", counted: 10 }] }, "stock:write"],
  ["GET /v1/stock-levels/{sku}/{location}", "/v1/stock-levels/tea/main", undefined, "orders:read"],
  ["PATCH /v1/stock-levels/{sku}/{location}", "/v1/stock-levels/tea/main", { safetyStock: 1 }, "stock:write"],
  ["DELETE /v1/customers/{id}", "/v1/customers/ann", undefined, "admin"],
  ["GET /v1/low-stock", "/v1/low-stock", undefined, "orders:read"],
  ["GET /v1/shortages", "/v1/shortages", undefined, "orders:read"],
  ["GET /v1/stock-movements", "/v1/stock-movements?sku=tea", undefined, "orders:read"],
  ["GET /v1/reconciliation", "/v1/reconciliation", undefined, "orders:read"],
  ["POST /v1/reconciliation/corrections", "/v1/reconciliation/corrections", correction, "admin"],
  ["GET /v1/stock-levels/{sku}/{location}/explain", "/v1/stock-levels/tea/main/explain", undefined, "orders:read"],
  ["POST /v1/api-keys", "/v1/api-keys", { name: "till", scopes: ["orders:read"] }, "admin"],
  ["GET /v1/api-keys", "/v1/api-keys", undefined, "admin"],
  ["POST /v1/api-keys/{id}/revoke", "/v1/api-keys/{key}/revoke", undefined, "admin"],
];

/** The calls that a storefront's key may make, each about an order of its own. */
const callsForShoppers: ReadonlySet<string> = new Set([
  "GET /v1/products",
  "GET /v1/products/{sku}",
  "POST /v1/orders",
  "GET /v1/orders/{id}",
  "GET /v1/orders/{id}/stream",
  "POST /v1/orders/{id}/stream-tokens",
  "POST /v1/orders/{id}/cancel",
  "PUT /v1/orders/{id}/lines",
]);

/** A shop with a product whose level someone has edited, an order, a key for each scope, and a revoked key that could do everything. */
async function openShop() {
  const api = new TestApi({ settings: { latePayment: "review" } });
  const late = await paidTooLate(api);
  await api.createProduct({ sku: "mug" });
  const sold = await api.placeOrder(1, { lines: [{ sku: "mug", quantity: 1 }] });
  await api.post(`/v1/orders/${sold}/confirm`);
  const left = await api.placeOrder(2, { lines: [{ sku: "mug", quantity: 2 }] });
  await api.post(`/v1/orders/${left}/confirm`);
  await api.post(`/v1/orders/${left}/fulfilments`, {});
  await api.post(`/v1/orders/${left}/returns`, returned);
  await api.openLocation("berlin");
  const transferOf = async (from?: string) => {
    const places = from === undefined ? { toLocationId: "main" } : { fromLocationId: from, toLocationId: "berlin" };
    const made = await answered(201, api.post("/v1/transfers", { ...places, lines: [{ sku: "mug", quantity: 1 }] }));
    return String(made["id"]);
  };
  const [transfer, spareTransfer] = [await transferOf("main"), await transferOf("main")];
  const [bought, lost] = [await transferOf(), await transferOf()];
  await api.createProduct();
  const vain = await api.placeOrder();
  await api.post(`/v1/orders/${vain}/cancel`);
  await api.post(`/v1/orders/${vain}/confirm`);
  const order = await api.placeOrder();
  const make = async (...held: readonly Scope[]) => {
    const headers = { authorization: `Bearer ${keys["admin"]?.key ?? ""}` };
    const { id, key } = await answered(
      201,
      api.post("/v1/api-keys", { name: "shop", scopes: held, rotates: true }, headers),
    );
    return { id: String(id), key: String(key) };
  };
  const keys: Record<string, { id: string; key: string }> = {};
  keys["admin"] = await make("admin"); // while the door is still open: this key closes it
  for (const scope of scopes) keys[scope] ??= await make(scope);
  const most = scopes.filter((scope) => scope !== "checkout");
  const [spare, revoked] = [await make("orders:read"), await make(...most)];
  const admin = { authorization: `Bearer ${keys["admin"].key}` };
  await answered(200, api.post(`/v1/api-keys/${revoked.id}/revoke`, undefined, admin));
  const ids: Record<string, string> = {
    order,
    late,
    vain,
    sold,
    left,
    transfer,
    spare: spareTransfer,
    bought,
    lost,
    reservation: order.replace("ord_", "res_"),
    key: spare.id,
  };

  const checkout = { authorization: `Bearer ${keys["checkout"]?.key ?? ""}` };
  const lines = [{ sku: "tea", quantity: 1 }];
  const own = await answered(201, api.post("/v1/orders", { lines }, checkout));
  const shoppersIds: Record<string, string> = { ...ids, order: String(own["id"]) };
  await api.database.editLevel({ sku: "tea" as Sku, locationId: mainLocation }, { totalStock: 11 });

  return {
    /** Makes a call with a key, or without one. With the storefront's key it is about an order that was placed with that one. */
    ask(call: string, path: string, body: object | undefined, key?: string): Promise<Response> {
      const [method = ""] = call.split(" ");
      const isShopper = key !== undefined && key === keys["checkout"]?.key;
      const url = path.replace(/\{(\w+)\}/g, (_whole, name: string) => (isShopper ? shoppersIds : ids)[name] ?? "");
      const headers = {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(isShopper && { "order-token": String(own["orderToken"]) }),
      };
      if (method === "POST") return api.post(url, body, headers);
      const sent = method === "PATCH" || method === "PUT" ? JSON.stringify(body) : undefined;
      return api.send(method, url, sent, { ...headers, ...(sent && { "content-type": "application/json" }) });
    },
    keyFor: (scope: Scope) => keys[scope]?.key ?? "",
    revoked: revoked.key,
    stored: async () =>
      (await api.stored("tea", "cup")) + JSON.stringify(await api.database.apiKeys.list({ limit: 100 })),
  };
}

/** An order under review: paid late, when another order had reserved the only pot. */
async function paidTooLate(api: TestApi): Promise<string> {
  const lines = [{ sku: "pot", quantity: 1 }];
  await api.createProduct({ sku: "pot", totalStock: 1 });
  const late = await api.placeOrder(1, { lines });
  api.seconds = 300;
  await api.expireDue();
  await api.placeOrder(1, { lines });
  await api.post(`/v1/orders/${late}/confirm`);
  return late;
}

/** One shop for all refused calls: nothing may change it. */
const untouched = openShop();
const before = untouched.then((shop) => shop.stored());

test("every call below /v1 has its row, and no other", () => {
  const { paths = {} } = new TestApi().app.getOpenAPI31Document(openApiInfo);
  const described = Object.entries(paths).flatMap(([path, each]) =>
    Object.keys(each).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(calls.map(([call]) => call).sort()).toEqual(described.filter((call) => call.includes(" /v1/")).sort());
});

describe.each(calls)("%s", (call, path, body, asked) => {
  const named: readonly Scope[] = callsForShoppers.has(call) ? [asked, "checkout"] : [asked];
  const allowed = [...new Set<Scope>([...named, "admin"])];

  test.each(["no key", "a wrong key", "a revoked key"])("turns away %s, and does nothing", async (which) => {
    const shop = await untouched;
    const key = { "a wrong key": `hf_${"x".repeat(43)}`, "a revoked key": shop.revoked }[which];
    expect(await problemOf(await shop.ask(call, path, body, key))).toBe("401 unauthorized");
    expect(await shop.stored()).toBe(await before);
  });

  test.each(scopes.filter((scope) => !allowed.includes(scope)))(
    "refuses a key for %s alone, names what it lacks, and does nothing",
    async (scope) => {
      const shop = await untouched;
      const lacking = named.join(" or ");
      const response = await shop.ask(call, path, body, shop.keyFor(scope));
      expect(await response.clone().json()).toMatchObject({ detail: expect.stringContaining(`lack ${lacking}.`) });
      expect(await problemOf(response)).toBe("403 forbidden");
      expect(await shop.stored()).toBe(await before);
    },
  );

  test.each(allowed)("lets in a key for %s", async (scope) => {
    const shop = await openShop();
    const response = await shop.ask(call, path, body, shop.keyFor(scope));
    expect([200, 201]).toContain(response.status);
  });
});

test("a HEAD asks for the scope of its GET", async () => {
  const shop = await untouched;
  const statuses = scopes.map(async (scope) => {
    const { status } = await shop.ask("HEAD /v1/orders", "/v1/orders", undefined, shop.keyFor(scope));
    return status === 200 ? scope : status;
  });
  expect(await Promise.all(statuses)).toEqual([403, 403, "orders:read", 403, 403, 403, "admin"]);
});

test("an unknown call is a 404 with any key", async () => {
  const shop = await untouched;
  expect(await problemOf(await shop.ask("GET", "/v1/nothing", undefined, shop.keyFor("orders:read")))).toBe(
    "404 not_found",
  );
});
