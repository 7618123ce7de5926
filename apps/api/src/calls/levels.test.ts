import { eventPageSchema, routes, soleLevelSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

const level = "/v1/stock-levels/tea/main";

async function openShop(): Promise<TestApi> {
  const api = new TestApi();
  await api.createProduct();
  return api;
}

async function change(api: TestApi, body: object, ifMatch?: string) {
  const headers = { "content-type": "application/json", ...(ifMatch !== undefined && { "if-match": ifMatch }) };
  return await api.send("PATCH", level, JSON.stringify(body), headers);
}

test("reads a level, one that nothing has moved too, and none of a product that there is not", async () => {
  const api = await openShop();
  const body = await answered(200, api.get(level));
  expect(body).toMatchObject({ sku: "tea", locationId: "main", version: 1, totalStock: 10, shortStock: 0 });
  expect(reread(soleLevelSchema, body)).toEqual(body);
  expect(await problemOf(await api.get("/v1/stock-levels/tea/berlin"))).toBe("404 location_not_found");
  await api.openLocation("berlin");
  expect(await answered(200, api.get("/v1/stock-levels/tea/berlin"))).toMatchObject({ version: 0, totalStock: 0 });
  expect(await problemOf(await api.get("/v1/stock-levels/pot/main"))).toBe("404 product_not_found");
});

test("keeps stock back and says when it is low, and shows both", async () => {
  const api = await openShop();
  const body = await answered(200, change(api, { safetyStock: 4, lowStockThreshold: 3 }));
  expect(body).toMatchObject({ safetyStock: 4, lowStockThreshold: 3, availableStock: 6 });
  const bare = await answered(200, change(api, { lowStockThreshold: null }));
  expect(bare).not.toHaveProperty("lowStockThreshold");
  expect(await answered(200, api.get(level))).toEqual(bare);
  const { data } = await answered(200, api.get("/v1/stock-movements?sku=tea&limit=2"));
  expect(data).toMatchObject([{ reason: "level_changed" }, { reason: "level_changed", after: { safetyStock: 4 } }]);
  expect(await problemOf(await change(api, { safetyStock: 11 }))).toBe("409 stock_promised");
  expect(await problemOf(await change(api, {}))).toBe("400 malformed_request");
});

test("says in the feed once that a level is low, out and back", async () => {
  const api = await openShop();
  await answered(200, change(api, { lowStockThreshold: 4 }));
  for (const quantity of [6, 1, 3]) await api.placeOrder(quantity);
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 5, reason: "restock" }));
  const { data } = eventPageSchema.parse(await answered(200, api.get("/v1/events?limit=200")));
  const said = data.flatMap((event) =>
    event.type === "StockLow" || event.type === "StockOut" || event.type === "StockBack"
      ? [[event.type, event.sku, event.locationId, event.availableStock, event.lowStockThreshold]]
      : [],
  );
  expect(said).toEqual([
    ["StockLow", "tea", "main", 4, 4],
    ["StockOut", "tea", "main", 0, 4],
    ["StockBack", "tea", "main", 5, 4],
  ]);
  expect(await answered(200, api.get(level))).not.toHaveProperty("stockAlert");
});

test("lists what is low, with what was sold and how long the rest lasts", async () => {
  const api = await openShop();
  const empty = { data: [], nextCursor: null };
  expect(await answered(200, api.get("/v1/low-stock"))).toEqual(empty);
  await answered(200, change(api, { lowStockThreshold: 4 }));
  await api.openLocation("berlin");
  const sold = await api.placeOrder(6);
  await answered(200, api.post(`/v1/orders/${sold}/confirm`));
  await api.placeOrder(1);
  const page = await answered(200, api.get("/v1/low-stock?days=2&locationId=main&limit=1"));
  expect(page).toMatchObject({
    data: [
      {
        level: { sku: "tea", locationId: "main", availableStock: 3, lowStockThreshold: 4 },
        soldUnits: 6,
        daysOfCover: 0.5,
      },
    ],
    nextCursor: null,
  });
  expect(reread(routes.listLowStock.responses[200].content["application/json"].schema, page)).toEqual(page);
  expect(await answered(200, api.get("/v1/low-stock?locationId=berlin"))).toEqual(empty);
  expect(await problemOf(await api.get("/v1/low-stock?locationId=brelin"))).toBe("404 location_not_found");
  expect(await problemOf(await api.get("/v1/low-stock?days=91"))).toBe("400 malformed_request");
  expect(await problemOf(await api.get("/v1/low-stock?cursor=x"))).toBe("400 invalid_cursor");
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 5, reason: "restock" }));
  expect(await answered(200, api.get("/v1/low-stock"))).toEqual(empty);
});

test("changes what the caller has seen, however stock has moved, and nothing else", async () => {
  const api = await openShop();
  const etag = (await api.get(level)).headers.get("etag") ?? "";
  await api.placeOrder(1);
  const first = await change(api, { safetyStock: 2 }, etag);
  expect(first.status).toBe(200);
  expect((await change(api, { safetyStock: 2 }, etag)).status).toBe(200);
  expect(await problemOf(await change(api, { safetyStock: 3 }, etag))).toBe("412 level_changed");
  const now = first.headers.get("etag") ?? "";
  expect((await change(api, { safetyStock: 3 }, now)).status).toBe(200);
  for (const foreign of ['"other-2-none-3"', '"*"']) {
    expect(await problemOf(await change(api, { safetyStock: 1 }, foreign))).toBe("412 level_changed");
  }
});

test("names transfers that have yet to leave before any order that a shortage hits", async () => {
  const api = await openShop();
  await api.openLocation("berlin");
  const sent = { fromLocationId: "main", toLocationId: "berlin", lines: [{ sku: "tea", quantity: 4 }] };
  const { id } = await answered(201, api.post("/v1/transfers", sent));
  const order = await api.placeOrder(6);
  const loss = { sku: "tea", delta: -5, reason: "damage", acceptShortage: true };
  await answered(201, api.post("/v1/stock-adjustments", loss));
  expect(await problemOf(await api.post(`/v1/transfers/${id}/ship`))).toBe("409 stock_promised");
  expect(await answered(200, api.get("/v1/shortages"))).toMatchObject({
    data: [
      {
        transfers: [{ transferId: id, reserved: 4, short: 4 }],
        orders: [{ orderId: order, promised: 6, short: 1 }],
        complete: true,
      },
    ],
  });
});

test("lists what is promised and not there, with the orders that lack it, the oldest promise first", async () => {
  const api = await openShop();
  const orders = [await api.placeOrder(4), await api.placeOrder(3), await api.placeOrder(3)];
  expect(await answered(200, api.get("/v1/shortages"))).toEqual({ data: [], nextCursor: null });
  const loss = { sku: "tea", delta: -5, reason: "damage", acceptShortage: true };
  await answered(201, api.post("/v1/stock-adjustments", loss));
  const page = await answered(200, api.get("/v1/shortages?limit=1"));
  expect(page).toMatchObject({
    data: [
      {
        level: { sku: "tea", locationId: "main", totalStock: 5, shortStock: 5 },
        orders: [
          { orderId: orders[1], promised: 3, short: 2 },
          { orderId: orders[2], promised: 3, short: 3 },
        ],
        complete: true,
      },
    ],
    nextCursor: null,
  });
  expect(reread(routes.listShortages.responses[200].content["application/json"].schema, page)).toEqual(page);
  expect(await problemOf(await api.get("/v1/shortages?cursor=x"))).toBe("400 invalid_cursor");
  await answered(201, api.post("/v1/stock-adjustments", { sku: "tea", delta: 5, reason: "restock" }));
  expect(await answered(200, api.get("/v1/shortages"))).toMatchObject({ data: [] });
});
