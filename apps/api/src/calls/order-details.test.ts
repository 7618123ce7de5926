import { orderSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

const cart = { lines: [{ sku: "tea", quantity: 1 }] };
const web = { reference: "A-1", metadata: { channel: "web" } };

async function shop() {
  const api = new TestApi();
  await api.createProduct();
  const found = async (query: string) => {
    const page = await answered(200, api.get(`/v1/orders?${query}`));
    return (page["data"] as { id: string }[]).map(({ id }) => id);
  };
  return { api, found };
}

test("places an order with a reference and metadata, and a replay answers the same, whatever was written since", async () => {
  const { api } = await shop();
  const key = { "idempotency-key": "k1" };
  const placed = await (await api.post("/v1/orders", { ...cart, ...web }, key)).text();
  const order = JSON.parse(placed) as { id: string };
  expect(order).toMatchObject(web);
  const path = `/v1/orders/${order.id}`;
  await answered(200, api.patch(path, { reference: "B-2", metadata: { channel: null, gift: "yes" } }));
  const read = await answered(200, api.get(path));
  expect(reread(orderSchema, read)).toMatchObject({ reference: "B-2", metadata: { gift: "yes" } });
  const again = await api.post("/v1/orders", { ...cart, ...web }, key);
  expect([again.headers.get("idempotent-replayed"), await again.text()]).toEqual(["true", placed]);
});

test("writes on an order as it was read, and not as it was before; null takes away", async () => {
  const { api } = await shop();
  const path = `/v1/orders/${await api.placeOrder(1, web)}`;
  const tag = (await api.get(path)).headers.get("etag") ?? "";
  const written = await api.patch(path, { metadata: { lane: "3" } }, { "if-match": tag });
  expect(await written.json()).toMatchObject({ ...web, metadata: { channel: "web", lane: "3" } });
  const late = { reference: "C-3" };
  expect(await problemOf(await api.patch(path, late, { "if-match": tag }))).toBe("412 order_changed");
  const next = written.headers.get("etag") ?? "";
  const bare = await answered(200, api.patch(path, { reference: null, metadata: null }, { "if-match": next }));
  expect([bare["reference"], bare["metadata"]]).toEqual([undefined, undefined]);
  expect(await answered(200, api.patch(path, { metadata: {} }))).toEqual(bare);
  expect(await problemOf(await api.patch("/v1/orders/ord_none", late))).toBe("404 order_not_found");
});

test("finds orders by what is written on them and by their payments, together and page by page", async () => {
  const { api, found } = await shop();
  const first = await api.placeOrder(1, web);
  const second = await api.placeOrder(1, { ...web, customerId: "ann" });
  await answered(200, api.post(`/v1/orders/${first}/confirm`, { paymentReference: "pi:1" }));
  expect(await found("reference=A-1")).toEqual([second, first]);
  expect(await found("metadata=channel:web&sku=tea")).toEqual([second, first]);
  expect(await found("metadata=channel:web&customerId=ann&reference=A-1")).toEqual([second]);
  expect(await found("paymentReference=pi:1")).toEqual([first]);
  expect(await found("metadata=channel:we")).toEqual([]);
  const page = await answered(200, api.get("/v1/orders?reference=A-1&limit=1"));
  expect(await found(`reference=A-1&limit=1&cursor=${page["nextCursor"]}`)).toEqual([first]);
});

test("tells the feed what is written on an order, with each of its events", async () => {
  const { api } = await shop();
  const id = await api.placeOrder(1, web);
  await answered(200, api.patch(`/v1/orders/${id}`, { metadata: { channel: "shop" } }));
  await answered(200, api.post(`/v1/orders/${id}/confirm`));
  const events = (await answered(200, api.get("/v1/events")))["data"];
  expect((events as { orderId?: string }[]).filter(({ orderId }) => orderId === id)).toMatchObject([
    { type: "OrderPlaced", ...web },
    { type: "OrderChanged", version: 2, reference: "A-1", metadata: { channel: "shop" } },
    { type: "OrderConfirmed", reference: "A-1" },
  ]);
});

const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`n${n}`, ""]));

test.each([
  ["a reference of nothing", { reference: "" }],
  ["a long reference", { reference: "x".repeat(256) }],
  ["metadata that is no text", { metadata: { count: 3 } }],
  ["a name with a colon", { metadata: { "a:b": "c" } }],
  ["a name with a dot", { metadata: { "a.b": "c" } }],
  ["a name with a dollar", { metadata: { $set: "c" } }],
  ["a long value", { metadata: { a: "x".repeat(501) } }],
  ["a control character", { metadata: { a: "\u0007" } }],
  ["many entries", { metadata: many }],
  ["more than fits", { metadata: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`n${n}`, "x".repeat(500)])) }],
  ["an unknown field", { notes: "x" }],
])("refuses %s, in a new order and on one", async (_what, body) => {
  const { api } = await shop();
  const id = await api.placeOrder(1);
  expect(await problemOf(await api.post("/v1/orders", { ...cart, ...body }))).toBe("400 malformed_request");
  expect(await problemOf(await api.patch(`/v1/orders/${id}`, body))).toBe("400 malformed_request");
});

test("refuses entries that are too many with those that are there", async () => {
  const { api } = await shop();
  const { n20: _last, ...twenty } = many;
  const id = await api.placeOrder(1, { metadata: twenty });
  expect(await problemOf(await api.patch(`/v1/orders/${id}`, { metadata: { more: "" } }))).toBe(
    "422 metadata_too_large",
  );
  await answered(200, api.patch(`/v1/orders/${id}`, { metadata: { n1: null, more: "" } }));
});

test.each(["channel", ":web", "a.b:c", "%24set:x"])("refuses to look for the metadata %s", async (text) => {
  const { api } = await shop();
  expect(await problemOf(await api.get(`/v1/orders?metadata=${text}`))).toBe("400 malformed_request");
});
