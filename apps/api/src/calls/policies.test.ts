import { orderSchema, productSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, opening, problemOf, reread, TestApi, tea } from "../test-api.ts";

const at = (seconds: number) => new Date(opening + seconds * 1_000).toISOString();
const lines = (quantity: number) => [{ sku: "tea", quantity }];

async function shopWith(policies: object) {
  const api = new TestApi();
  const created = await answered(201, api.post("/v1/products", { ...tea, policies }));
  const change = (body: object, headers = {}) => api.patch("/v1/products/tea", { policies: body }, headers);
  const order = (quantity: number, more: object = {}) => api.post("/v1/orders", { lines: lines(quantity), ...more });
  return { api, created, change, order };
}

test("policies are set with a product, shown, changed one by one, and taken away", async () => {
  const policies = { minimumQuantity: 2, quantityMultiple: 2, releaseAt: "2026-02-01T01:00:00+01:00", holdSeconds: 60 };
  const { api, created, change } = await shopWith(policies);
  const shown = { ...policies, releaseAt: "2026-02-01T00:00:00.000Z" };
  expect(created).toMatchObject({ policies: shown });
  expect(reread(productSchema, created)).toEqual(created);
  const read = await api.get("/v1/products/tea");
  expect(await read.json()).toEqual(created);

  const match = { "if-match": read.headers.get("etag") ?? "" };
  const changed = await answered(200, change({ minimumQuantity: 4, releaseAt: null }, match));
  expect(changed["policies"]).toEqual({ minimumQuantity: 4, quantityMultiple: 2, holdSeconds: 60 });
  expect(await problemOf(await change({ maximumQuantity: 8 }, match))).toBe("412 product_changed");
  const feed = await answered(200, api.get("/v1/events"));
  expect((feed["data"] as object[]).at(-1)).toMatchObject({
    type: "ProductChanged",
    policies: { minimumQuantity: 4, quantityMultiple: 2, holdSeconds: 60 },
  });
  const none = await answered(200, change({ minimumQuantity: null, quantityMultiple: null, holdSeconds: null }));
  expect(none).not.toHaveProperty("policies");
});

test("an order keeps to a product's quantities, and a dry run says so", async () => {
  const { api, order } = await shopWith({ minimumQuantity: 3, maximumQuantity: 9, quantityMultiple: 3 });
  const refused = await order(4);
  expect(await refused.clone().json()).toMatchObject({
    code: "quantity_not_allowed",
    errors: [
      {
        message: "4 of tea were asked for, which is sold at least 3, at most 9, in multiples of 3",
        sku: "tea",
        requested: 4,
        minimumQuantity: 3,
        maximumQuantity: 9,
        quantityMultiple: 3,
      },
    ],
  });
  expect(await problemOf(refused)).toBe("409 quantity_not_allowed");
  expect(await problemOf(await api.post("/v1/orders?dryRun=true", { lines: lines(1) }))).toBe(
    "409 quantity_not_allowed",
  );
  await answered(201, order(6));
  const twice = [...lines(1), ...lines(2)];
  await answered(201, api.post("/v1/orders", { lines: twice }));
});

test("an order is held as long as its products say, and no longer than they allow", async () => {
  const { api, order } = await shopWith({ holdSeconds: 120, holdSecondsMax: 600 });
  const placed = await answered(201, order(1));
  expect(placed).toMatchObject({ reservation: { expiresAt: at(120) } });
  expect(await answered(201, order(1, { holdSeconds: 600 }))).toMatchObject({ reservation: { expiresAt: at(600) } });
  expect(await (await order(1, { holdSeconds: 601 })).json()).toMatchObject({
    code: "hold_too_long",
    detail: `It may last until ${at(600)}.`,
  });
  const extend = (seconds: number) => api.post(`/v1/orders/${String(placed["id"])}/extend`, { expiresAt: at(seconds) });
  expect(await problemOf(await extend(601))).toBe("409 hold_too_long");
  await answered(200, extend(600));
});

test("a preorder is sold before its release and leaves from then on", async () => {
  const releaseAt = at(86_400);
  const { api, order } = await shopWith({ releaseAt });
  const placed = await answered(201, order(2));
  expect(placed).toMatchObject({ lines: [{ sku: "tea", releaseAt }] });
  expect(reread(orderSchema, placed)).toEqual(placed);
  const id = String(placed["id"]);
  await answered(200, api.post(`/v1/orders/${id}/confirm`));
  const early = await api.post(`/v1/orders/${id}/fulfilments`, {});
  expect(await early.clone().json()).toMatchObject({
    errors: [{ message: `tea is released at ${releaseAt}`, sku: "tea", releaseAt }],
  });
  expect(await problemOf(early)).toBe("409 not_yet_released");
  api.seconds = 86_400;
  await answered(201, api.post(`/v1/orders/${id}/fulfilments`, {}));
  expect(await api.stock()).toBe("8/0/0/8");
});

test("a product on backorder is sold beyond what is there, shown so, and shipped once it has come", async () => {
  const { api, order, change } = await shopWith({ backorderLimit: 5 });
  const placed = await answered(201, order(12));
  expect(placed).toMatchObject({ lines: [{ quantity: 12, backorderedQuantity: 2 }] });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ availableStock: -2, shortStock: 2 });
  expect(await (await order(4)).json()).toMatchObject({ code: "insufficient_stock", errors: [{ available: 3 }] });
  const found = async (stock: string) =>
    ((await answered(200, api.get(`/v1/products?stock=${stock}`)))["data"] as unknown[]).length;
  expect([await found("in"), await found("low"), await found("out")]).toEqual([1, 1, 0]);
  await answered(200, change({ backorderLimit: 2 }));
  expect([await found("in"), await found("out")]).toEqual([0, 1]);
  expect(await problemOf(await order(1))).toBe("409 insufficient_stock");

  const id = String(placed["id"]);
  await answered(200, api.post(`/v1/orders/${id}/confirm`));
  expect(await problemOf(await api.post(`/v1/orders/${id}/fulfilments`, {}))).toBe("409 stock_not_there");
  const shortages = await answered(200, api.get("/v1/shortages"));
  expect(shortages["data"]).toMatchObject([{ orders: [{ orderId: id, short: 2 }] }]);
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 2, reason: "restock" }));
  await answered(201, api.post(`/v1/orders/${id}/fulfilments`, {}));
  expect(await api.stock()).toBe("0/0/0/0");
  const ledger = await answered(200, api.get("/v1/stock-movements?sku=tea"));
  expect((ledger["data"] as object[]).filter((each) => "backorderLimit" in each)).toMatchObject([
    { reason: "order_placed", backorderLimit: 5 },
  ]);
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("a customer buys as much of a product as it allows in a time, and a guest nothing", async () => {
  const { api, order } = await shopWith({ purchaseLimit: { quantity: 2, windowSeconds: 3600 } });
  const ann = { customerId: "ann" };
  expect(await (await order(1)).json()).toMatchObject({ code: "customer_required", errors: [{ sku: "tea" }] });
  const placed = await answered(201, order(2, ann));
  const refused = await order(1, ann);
  expect(await refused.clone().json()).toMatchObject({
    errors: [
      {
        message: "1 of tea were asked for, this customer has 2 of at most 2",
        sku: "tea",
        requested: 1,
        purchased: 2,
        quantityMax: 2,
        windowSeconds: 3600,
      },
    ],
  });
  expect(await problemOf(refused)).toBe("409 purchase_limit_exceeded");
  await answered(201, order(2, { customerId: "bob" }));
  await answered(200, api.post(`/v1/orders/${String(placed["id"])}/cancel`));
  await answered(201, order(2, ann));
  api.seconds = 3600;
  await answered(201, order(2, ann));
});

test.each([
  { purchaseLimit: { quantity: 2 } },
  { purchaseLimit: { quantity: 0, windowSeconds: 60 } },
  { purchaseLimit: 2 },
  { backorderLimit: 0 },
  { minimumQuantity: 0 },
  { maximumQuantity: 1.5 },
  { quantityMultiple: "6" },
  { releaseAt: "soon" },
  { holdSeconds: 2_592_001 },
  { minimum: 1 },
  [],
  null,
])("policies must be what they are, and not %j", async (policies) => {
  const api = new TestApi();
  expect(await problemOf(await api.post("/v1/products", { ...tea, policies }))).toBe("400 malformed_request");
  await api.createProduct();
  expect(await problemOf(await api.patch("/v1/products/tea", { policies }))).toBe("400 malformed_request");
});

test("a change of no policy is none", async () => {
  const { change } = await shopWith({});
  expect(await problemOf(await change({}))).toBe("400 malformed_request");
});

test("policies that no order could keep are refused, together with those that are there", async () => {
  const api = new TestApi();
  const policies = { minimumQuantity: 9 };
  const both = { ...policies, maximumQuantity: 8 };
  expect(await problemOf(await api.post("/v1/products", { ...tea, policies: both }))).toBe(
    "422 policies_contradictory",
  );
  await answered(201, api.post("/v1/products", { ...tea, policies }));
  expect(await (await api.patch("/v1/products/tea", { policies: { maximumQuantity: 8 } })).json()).toMatchObject({
    code: "policies_contradictory",
    detail: "No quantity is at least 9, at most 8 and a multiple of 1.",
  });
});
