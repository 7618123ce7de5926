import { expect, test } from "vitest";
import { answered, TestApi, tea } from "./test-api.ts";

async function openApi(): Promise<TestApi> {
  const api = new TestApi();
  await answered(201, api.post("/v1/products", tea));
  return api;
}

/** Reads, changes something, and reads again with the tag of the first read. */
async function tags(api: TestApi, path: string, change: () => Promise<unknown>) {
  const first = await api.get(path);
  const tag = first.headers.get("etag") ?? "";
  const same = await api.get(path, { "if-none-match": `"other", ${tag}` });
  await change();
  const changed = await api.get(path, { "if-none-match": tag });
  return {
    tag,
    statuses: [first.status, same.status, changed.status],
    body: await same.text(),
    kept: [first, same].map(({ headers }) => headers.get("cache-control")),
    sameTag: same.headers.get("etag") === tag,
    changedTag: changed.headers.get("etag") !== tag,
  };
}

const answered304 = {
  tag: expect.stringMatching(/^W\/"[\w.-]+"$/),
  statuses: [200, 304, 200],
  body: "",
  kept: ["private, no-cache", "private, no-cache"],
  sameTag: true,
  changedTag: true,
};

async function place(api: TestApi) {
  return (await answered(201, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }))) as {
    readonly id: string;
    readonly reservation: { readonly id: string };
  };
}

test("an order is answered 304 without a body until it changes", async () => {
  const api = await openApi();
  const { id } = await place(api);
  const confirm = () => answered(200, api.post(`/v1/orders/${id}/confirm`));
  expect(await tags(api, `/v1/orders/${id}`, confirm)).toEqual(answered304);
});

test("so is an order whose payment is refunded", async () => {
  const api = await openApi();
  const { id } = await place(api);
  await answered(200, api.post(`/v1/orders/${id}/cancel`));
  await answered(409, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_1" }));
  const refund = () => answered(200, api.post(`/v1/orders/${id}/refunds`, { paymentReference: "pi_1" }));
  expect(await tags(api, `/v1/orders/${id}`, refund)).toEqual(answered304);
});

test("so is a product until its stock changes, and a reservation until it ends", async () => {
  const api = await openApi();
  expect(await tags(api, "/v1/products/tea", () => place(api))).toEqual(answered304);
  const { id, reservation } = await place(api);
  const cancel = () => answered(200, api.post(`/v1/orders/${id}/cancel`));
  expect(await tags(api, `/v1/reservations/${reservation.id}`, cancel)).toEqual(answered304);
});

test("what is not there is kept by no cache, and has no tag", async () => {
  const response = await (await openApi()).get("/v1/products/cup");
  const { headers } = response;
  expect([response.status, headers.get("cache-control"), headers.get("etag")]).toEqual([404, "no-store", null]);
});
