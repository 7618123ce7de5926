import type { Actor } from "@holdfast/domain";
import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

const owner = { authorization: "Bearer secret-of-the-owner" };
const settings = { apiKeys: new Map([["secret-of-the-owner", "owner" as Actor]]) };
const order = JSON.stringify({ lines: [{ sku: "tea", quantity: 1 }] });

/** A shop, a key for it, and an order whose body comes when the test says so. */
async function slowOrder(headers: Record<string, string>) {
  const api = new TestApi({ settings });
  await answered(
    201,
    api.post("/v1/products", { sku: "tea", name: "Tea", price: { amount: 1, currency: "EUR" }, totalStock: 5 }, owner),
  );
  const { id, key } = await answered(201, api.post("/v1/api-keys", { name: "till", scopes: ["orders:write"] }, owner));
  const sent = Promise.withResolvers<void>();
  const body = new ReadableStream({
    async pull(controller) {
      await sent.promise;
      controller.enqueue(new TextEncoder().encode(order));
      controller.close();
    },
  });
  const answer = api.app.request("/v1/orders", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body,
    duplex: "half",
  } as RequestInit);
  return { api, id, answer, sent };
}

test.each([
  ["of a known length", { "content-length": String(order.length) }],
  ["in chunks", { "transfer-encoding": "chunked" }],
])("an order whose body comes %s after its key was revoked is not placed", async (_how, headers) => {
  const { api, id, answer, sent } = await slowOrder(headers);
  await answered(200, api.post(`/v1/api-keys/${id}/revoke`, undefined, owner));
  sent.resolve();
  expect(await problemOf(await answer)).toBe("401 unauthorized");
  expect(await answered(200, api.get("/v1/orders", owner))).toMatchObject({ data: [] });
});

test("an order whose body comes late is placed while its key lives", async () => {
  const { answer, sent } = await slowOrder({ "transfer-encoding": "chunked" });
  sent.resolve();
  expect((await answer).status).toBe(201);
});
