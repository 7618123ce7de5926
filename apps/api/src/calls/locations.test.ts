import { locationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi, tea } from "../test-api.ts";

const berlin = { id: "berlin", name: "Berlin", priority: 1, active: true };

test("opens a location, reads it and lists it by priority, page by page", async () => {
  const api = new TestApi();
  const response = await api.post("/v1/locations", { id: "berlin", name: "Berlin", priority: 1 });
  expect([response.status, response.headers.get("location")]).toEqual([201, "/v1/locations/berlin"]);
  expect(await response.json()).toEqual(berlin);
  await api.openLocation("aachen");
  const read = await answered(200, api.get("/v1/locations/berlin"));
  expect(reread(locationSchema, read)).toEqual(berlin);
  const first = await answered(200, api.get("/v1/locations?limit=2"));
  expect(first["data"]).toMatchObject([{ id: "main", name: "Main", priority: 0, active: true }, { id: "aachen" }]);
  const rest = await answered(200, api.get(`/v1/locations?limit=2&cursor=${first["nextCursor"]}`));
  expect(rest).toEqual({ data: [berlin], nextCursor: null });
});

test("opens a location once", async () => {
  const api = new TestApi();
  const key = { "idempotency-key": "k1" };
  for (let repeat = 0; repeat < 2; repeat += 1)
    expect(await answered(201, api.post("/v1/locations", berlin, key))).toEqual(berlin);
  expect(await problemOf(await api.post("/v1/locations", berlin))).toBe("409 location_exists");
});

test("changes a location as it was read, and not as it was before", async () => {
  const api = new TestApi();
  await api.openLocation("berlin");
  const tag = (await api.get("/v1/locations/berlin")).headers.get("etag") ?? "";
  const closed = await api.patch("/v1/locations/berlin", { active: false }, { "if-match": tag });
  expect([closed.status, await closed.json()]).toMatchObject([200, { id: "berlin", active: false }]);
  const late = await api.patch("/v1/locations/berlin", { name: "Bonn" }, { "if-match": tag });
  expect(await problemOf(late)).toBe("412 location_changed");
  const next = closed.headers.get("etag") ?? "";
  expect((await api.patch("/v1/locations/berlin", { name: "Bonn" }, { "if-match": next })).status).toBe(200);
});

test("promises nothing at a location that is closed, and ships what was promised", async () => {
  const api = new TestApi();
  await api.createProduct();
  const order = await api.placeOrder(2);
  await answered(200, api.patch("/v1/locations/main", { active: false }));
  const lines = [{ sku: "tea", quantity: 1 }];
  expect(await problemOf(await api.post("/v1/orders", { lines, locationId: "main" }))).toBe("409 location_inactive");
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  await answered(201, api.post(`/v1/orders/${order}/fulfilments`, {}));
  await answered(200, api.patch("/v1/locations/main", { active: true }));
  await api.placeOrder(1, { locationId: "main" });
});

test("counts of a product as available what is at active places, in searches too", async () => {
  const api = new TestApi();
  await api.createProduct();
  await api.openLocation("berlin");
  await api.post("/v1/stock-adjustments", { sku: "tea", locationId: "berlin", delta: 3, reason: "restock" });
  const skus = async (query: string) =>
    ((await answered(200, api.get(`/v1/products${query}`)))["data"] as { readonly sku: string }[]).map(
      ({ sku }) => sku,
    );
  const seen = async () => [
    await api.stock(),
    await skus("?stock=in"),
    await skus("?stock=low&lowStock=10"),
    await skus("?stock=out"),
  ];
  const before = await api.get("/v1/products/tea");
  expect(await seen()).toEqual(["13/0/0/13", ["tea"], [], []]);
  await answered(200, api.patch("/v1/locations/berlin", { active: false }));
  expect(await seen()).toEqual(["13/0/0/10", ["tea"], ["tea"], []]);
  const known = { "if-none-match": before.headers.get("etag") ?? "" };
  expect(await answered(200, api.get("/v1/products/tea", known))).toMatchObject({
    levels: [
      { locationId: "berlin", availableStock: 3, active: false },
      { locationId: "main", availableStock: 10, active: true },
    ],
  });
  await answered(200, api.patch("/v1/locations/main", { active: false }));
  expect(await seen()).toEqual(["13/0/0/0", [], [], ["tea"]]);
  for (const id of ["main", "berlin"]) await answered(200, api.patch(`/v1/locations/${id}`, { active: true }));
  expect(await seen()).toEqual(["13/0/0/13", ["tea"], [], []]);
  expect((await api.get("/v1/products/tea", known)).status).toBe(304);
});

test("says of a product that is created while `main` is closed that none of it is available, in replays too", async () => {
  const api = new TestApi();
  await answered(200, api.patch("/v1/locations/main", { active: false }));
  const key = { "idempotency-key": "k1" };
  const created = await answered(201, api.post("/v1/products", tea, key));
  expect(created).toMatchObject({ totalStock: 10, availableStock: 0, levels: [{ active: false }] });
  expect(await answered(200, api.get("/v1/products/tea"))).toEqual(created);
  await answered(200, api.patch("/v1/locations/main", { active: true }));
  expect(await answered(201, api.post("/v1/products", tea, key))).toEqual(created);
});

test.each([
  ["GET", "/v1/locations/brelin", undefined],
  ["PATCH", "/v1/locations/brelin", { name: "Berlin" }],
  ["POST", "/v1/orders", { lines: [{ sku: "tea", quantity: 1 }], locationId: "brelin" }],
  ["POST", "/v1/stock-adjustments", { sku: "tea", locationId: "brelin", delta: 1, reason: "restock" }],
  ["GET", "/v1/stock-levels/tea/brelin/explain", undefined],
])("answers 404 to %s %s at a location that there is not", async (method, path, body) => {
  const api = new TestApi();
  await api.createProduct();
  const headers = { "content-type": "application/json" };
  expect(await problemOf(await api.send(method, path, body && JSON.stringify(body), headers))).toBe(
    "404 location_not_found",
  );
  expect((await answered(200, api.get("/v1/locations")))["data"]).toMatchObject([{ id: "main" }]);
});

test.each([
  ["an id with a slash", { ...berlin, id: "a/b" }],
  ["no name", { id: "berlin" }],
  ["a priority below zero", { ...berlin, priority: -1 }],
  ["an unknown field", { ...berlin, city: "Berlin" }],
])("refuses %s", async (_what, body) => {
  const api = new TestApi();
  expect(await problemOf(await api.post("/v1/locations", body))).toBe("400 malformed_request");
});
