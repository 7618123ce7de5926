import { erasureSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, reread, TestApi } from "../test-api.ts";

const path = "/v1/customers/ann%2Fd%40example.org";
const customerId = "ann/d@example.org";

async function openShop() {
  const api = new TestApi();
  await api.createProduct();
  const order = { customerId, lines: [{ sku: "tea", quantity: 2 }] };
  const orders = [];
  for (const key of ["k1", "k2"]) {
    const headers = { "content-type": "application/json", "idempotency-key": key };
    orders.push(await answered(201, api.send("POST", "/v1/orders", JSON.stringify(order), headers)));
  }
  return { api, orders };
}

test("erases a customer from all answers, and leaves orders and stock as they are", async () => {
  const { api, orders } = await openShop();
  await answered(200, api.post(`/v1/orders/${orders[0]?.["id"]}/confirm`));
  const body = await answered(200, api.send("DELETE", path, undefined, {}));
  expect(body).toEqual({ orders: 2, complete: true });
  expect(reread(erasureSchema, body)).toEqual(body);
  const { data } = (await answered(200, api.get("/v1/orders"))) as { data: { customerId: string; status: string }[] };
  expect(new Set(data.map((order) => order.customerId)).size).toBe(1);
  expect(data).toMatchObject([
    { status: "PENDING_PAYMENT", customerId: expect.stringMatching(/^erased-[0-9a-f-]{36}$/) },
    { status: "CONFIRMED" },
  ]);
  const answers = ["/v1/orders", "/v1/reservations", "/v1/events?limit=200", "/v1/stock-movements?sku=tea"];
  for (const each of answers) expect(JSON.stringify(await answered(200, api.get(each)))).not.toContain("example.org");
  expect(api.log.join("\n")).not.toContain("example.org");
  const product = await answered(200, api.get("/v1/products/tea"));
  expect(product).toMatchObject({ totalStock: 10, reservedStock: 2, committedStock: 2 });
  expect(await answered(200, api.send("DELETE", path, undefined, {}))).toEqual({ orders: 0, complete: true });
});

test("answers a repeat of an order that was placed before without the id", async () => {
  const { api, orders } = await openShop();
  await answered(200, api.send("DELETE", path, undefined, {}));
  const headers = { "content-type": "application/json", "idempotency-key": "k1" };
  const again = JSON.stringify({ customerId, lines: [{ sku: "tea", quantity: 2 }] });
  const replay = await answered(201, api.send("POST", "/v1/orders", again, headers));
  expect(replay).toEqual({ ...orders[0], customerId: expect.stringMatching(/^erased-/) });
});

test("tells readers of the feed which orders to do the same with", async () => {
  const { api, orders } = await openShop();
  await answered(200, api.send("DELETE", path, undefined, {}));
  const { data } = (await answered(200, api.get("/v1/events?limit=200"))) as { data: { type: string }[] };
  expect(data.filter(({ type }) => type === "CustomerErased")).toMatchObject(
    [orders[1], orders[0]].map((order) => ({ orderId: order?.["id"], customerId: expect.stringMatching(/^erased-/) })),
  );
});
