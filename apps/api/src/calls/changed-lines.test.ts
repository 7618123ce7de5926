import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

async function shop(settings: object = {}) {
  const api = new TestApi({ settings });
  await api.createProduct();
  await api.createProduct({ sku: "cup", name: "Cup", totalStock: 3, price: { amount: 900, currency: "EUR" } });
  const change = (
    id: string,
    cart: Readonly<Record<string, number>>,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const lines = Object.entries(cart).map(([sku, quantity]) => ({ sku, quantity }));
    const body = JSON.stringify({ lines });
    return api.send("PUT", `/v1/orders/${id}/lines`, body, { "content-type": "application/json", ...headers });
  };
  return { api, change };
}

test("gives an order other lines in one step, and a repeat answers the same", async () => {
  const { api, change } = await shop();
  const id = await api.placeOrder(8);
  for (let repeat = 0; repeat < 2; repeat += 1) {
    const order = await answered(200, change(id, { tea: 10, cup: 1 }, { "if-match": 'W/"0.1.0-1"' }));
    expect(order).toMatchObject({ total: { amount: 5_400 }, lines: [{ sku: "tea", quantity: 10 }, { sku: "cup" }] });
  }
  expect([await api.stock(), await api.stock("cup")]).toEqual(["10/10/0/0", "3/1/0/2"]);
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
  const events = (await answered(200, api.get("/v1/events")))["data"] as { type: string }[];
  expect(events.filter(({ type }) => type === "OrderLinesChanged")).toMatchObject([
    { orderId: id, version: 2, linesBefore: [{ sku: "tea", quantity: 8 }], total: { amount: 5_400 } },
  ]);
});

test("an order keeps what it holds where its other lines are refused, and the shopper learns what is there", async () => {
  const { api, change } = await shop();
  const id = await api.placeOrder(4);
  await api.placeOrder(5);
  const refused = await answered(409, change(id, { tea: 6 }));
  expect(refused).toMatchObject({ code: "insufficient_stock", errors: [{ requested: 6, available: 5 }] });
  expect(await api.stock()).toBe("10/9/0/1");
});

test("changes lines as they were read, and not as they were before, nor once they are paid", async () => {
  const { api, change } = await shop();
  const id = await api.placeOrder(2);
  const tag = (await api.get(`/v1/orders/${id}`)).headers.get("etag") ?? "";
  const changed = await change(id, { tea: 3 }, { "if-match": tag });
  expect(changed.headers.get("etag")).not.toBe(tag);
  expect(await problemOf(await change(id, { tea: 4 }, { "if-match": tag }))).toBe("412 order_changed");
  await answered(200, api.post(`/v1/orders/${id}/confirm`));
  expect(await problemOf(await change(id, { tea: 1 }))).toBe("409 order_not_changeable");
  expect(await problemOf(await change("ord_none", { tea: 1 }))).toBe("404 order_not_found");
});

test("a payment sells the lines that the order has then, and a replay of its placing answers what was placed", async () => {
  const { api, change } = await shop();
  const lines = [{ sku: "tea", quantity: 2 }];
  const placed = await (await api.post("/v1/orders", { lines }, { "idempotency-key": "k1" })).text();
  const { id } = JSON.parse(placed) as { id: string };
  await answered(200, change(id, { cup: 1 }));
  expect(await answered(200, api.post(`/v1/orders/${id}/confirm`))).toMatchObject({ total: { amount: 900 } });
  expect([await api.stock(), await api.stock("cup")]).toEqual(["10/0/0/10", "3/0/1/2"]);
  expect(await (await api.post("/v1/orders", { lines }, { "idempotency-key": "k1" })).text()).toBe(placed);
});

test("a repeat under its key answers the same bytes after a later change, and another body or order is refused", async () => {
  const { api, change } = await shop();
  const [id, other] = [await api.placeOrder(2), await api.placeOrder(1)];
  const key = { "idempotency-key": "k1" };
  const first = await change(id, { tea: 3, cup: 1 }, key);
  const plain = await (await api.get(`/v1/orders/${id}`)).text();
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  const text = await first.text();
  expect(JSON.parse(text)).toEqual(JSON.parse(plain));
  await answered(200, change(id, { tea: 1 }));
  const again = await change(id, { tea: 3, cup: 1 }, { ...key, "if-match": 'W/"0.1.0-1"' });
  expect([again.status, again.headers.get("idempotent-replayed"), again.headers.get("etag")]).toEqual([
    200,
    "true",
    first.headers.get("etag"),
  ]);
  expect(await again.text()).toBe(text);
  expect(await problemOf(await change(id, { tea: 4 }, key))).toBe("422 idempotency_key_reused");
  expect(await problemOf(await change(other, { tea: 3, cup: 1 }, key))).toBe("422 idempotency_key_reused");
  expect([await api.stock(), await api.stock("cup")]).toEqual(["10/2/0/8", "3/0/0/3"]);
  expect(await (await api.get("/v1/events")).text()).not.toContain("k1");
});

test("an order of several places grows, shrinks and moves, and its event says from where to where", async () => {
  const { api, change } = await shop();
  await answered(201, api.post("/v1/locations", { id: "berlin", name: "Berlin", priority: 1 }));
  for (const sku of ["tea", "cup"])
    await answered(201, api.post("/v1/stock-adjustments", { sku, locationId: "berlin", delta: 5, reason: "restock" }));
  const lines = [{ sku: "tea", quantity: 12 }];
  const { id } = (await answered(201, api.post("/v1/orders", { lines }))) as { id: string };
  const tea = (...allocations: readonly [locationId: string, quantity: number][]) => ({
    sku: "tea",
    quantity: allocations.reduce((sum, [, units]) => sum + units, 0),
    allocations: allocations.map(([locationId, quantity]) => ({ locationId, quantity })),
  });
  const changed = await answered(200, change(id, { tea: 14, cup: 4 }));
  expect(changed).toMatchObject({
    locationId: "main",
    lines: [
      tea(["main", 10], ["berlin", 4]),
      { sku: "cup", quantity: 4, allocations: [{ quantity: 3 }, { quantity: 1 }] },
    ],
  });
  expect(await answered(409, change(id, { tea: 16 }))).toMatchObject({ errors: [{ requested: 16, available: 15 }] });
  expect(await answered(200, change(id, { tea: 11 }))).toMatchObject({ lines: [tea(["main", 10], ["berlin", 1])] });
  const moved = { lines: [{ sku: "tea", quantity: 5, locationId: "berlin" }] };
  const put = await api.send("PUT", `/v1/orders/${id}/lines`, JSON.stringify(moved), {
    "content-type": "application/json",
  });
  expect(await put.json()).toMatchObject({ locationId: "berlin", lines: [tea(["berlin", 5])] });
  const events = (await answered(200, api.get("/v1/events")))["data"] as { type: string }[];
  expect(events.filter(({ type }) => type === "OrderLinesChanged").at(-1)).toMatchObject({
    locationId: "berlin",
    lines: [{ sku: "tea", quantity: 5 }],
    linesBefore: [tea(["main", 10], ["berlin", 1])],
  });
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("a reservation is shown with its new lines", async () => {
  const { api, change } = await shop();
  const id = await api.placeOrder(2);
  await answered(200, change(id, { tea: 1, cup: 2 }));
  expect(await answered(200, api.get(`/v1/reservations/${id.replace("ord_", "res_")}`))).toMatchObject({
    status: "ACTIVE",
    lines: [
      { sku: "tea", quantity: 1 },
      { sku: "cup", quantity: 2 },
    ],
  });
});

test.each([
  ["no lines", { lines: [] }],
  ["a quantity of none", { lines: [{ sku: "tea", quantity: 0 }] }],
  ["an unknown field", { lines: [{ sku: "tea", quantity: 1 }], note: "x" }],
])("refuses %s", async (_what, body) => {
  const { api } = await shop();
  const id = await api.placeOrder(2);
  const headers = { "content-type": "application/json" };
  const answer = await api.send("PUT", `/v1/orders/${id}/lines`, JSON.stringify(body), headers);
  expect(await problemOf(answer)).toBe("400 malformed_request");
  expect(await api.stock()).toBe("10/2/0/8");
});
