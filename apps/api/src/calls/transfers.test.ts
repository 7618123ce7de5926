import { receiptSchema, transferSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

const toBerlin = {
  fromLocationId: "main",
  toLocationId: "berlin",
  lines: [{ sku: "tea", quantity: 6 }],
  reference: "ls-1",
};

/** Ten units of tea at main, and a second place. */
async function shopOfTwoPlaces(): Promise<TestApi> {
  const api = new TestApi();
  await api.createProduct();
  await api.openLocation("berlin");
  return api;
}

async function sent(api: TestApi, transfer: object = toBerlin): Promise<string> {
  return String((await answered(201, api.post("/v1/transfers", transfer)))["id"]);
}

/** Of tea at each place: total, reserved, on its way, available; and the same of all. */
async function stockOf(api: TestApi): Promise<string[]> {
  const { levels, ...all } = await answered(200, api.get("/v1/products/tea"));
  const words = ({ totalStock, reservedStock, incomingStock, availableStock }: Readonly<Record<string, unknown>>) =>
    [totalStock, reservedStock, incomingStock, availableStock].join("/");
  return [
    ...(levels as Readonly<Record<string, unknown>>[]).map((level) => `${level["locationId"]} ${words(level)}`),
    words(all),
  ];
}

test("sends units to another place: reserved, on their way, arrived in part, and the rest lost", async () => {
  const api = await shopOfTwoPlaces();
  const response = await api.post("/v1/transfers", toBerlin);
  const created = (await response.json()) as { readonly id: string };
  const path = `/v1/transfers/${created.id}`;
  expect([response.status, response.headers.get("location")]).toEqual([201, path]);
  expect(created).toMatchObject({ status: "PENDING", ...toBerlin, lines: [{ quantity: 6, openQuantity: 6 }] });
  expect(await stockOf(api)).toEqual(["main 10/6/0/4", "10/6/0/4"]);
  expect(await answered(200, api.post(`${path}/ship`))).toMatchObject({ status: "IN_TRANSIT" });
  expect(await answered(200, api.post(`${path}/ship`))).toMatchObject({ status: "IN_TRANSIT" });
  expect(await stockOf(api)).toEqual(["berlin 0/0/6/0", "main 4/0/0/4", "4/0/6/4"]);
  const lines = [
    { sku: "tea", quantity: 3 },
    { sku: "tea", quantity: 1, condition: "UNSELLABLE" },
  ];
  const receipt = await answered(201, api.post(`${path}/receive`, { lines, reference: "rcv-1" }));
  expect(reread(receiptSchema, receipt)).toMatchObject({ transferStatus: "IN_TRANSIT", reference: "rcv-1" });
  expect(await stockOf(api)).toEqual(["berlin 4/0/2/3", "main 4/0/0/4", "8/0/2/7"]);
  expect(await problemOf(await api.post(`${path}/receive`, { lines }))).toBe("409 more_than_in_transit");
  const closed = await answered(200, api.post(`${path}/close`, { lossReason: "damaged", note: "fell off" }));
  expect(reread(transferSchema, closed)).toMatchObject({
    status: "CLOSED",
    lossReason: "damaged",
    lines: [{ quantity: 6, receivedQuantity: 4, lostQuantity: 2, returnedQuantity: 0, openQuantity: 0 }],
  });
  expect(await stockOf(api)).toEqual(["berlin 4/0/0/3", "main 4/0/0/4", "8/0/0/7"]);
  const read = await api.get(path);
  expect([read.headers.get("etag"), await read.json()]).toEqual([expect.stringContaining("-4"), closed]);
  expect(await answered(200, api.get(`${path}/receipts`))).toEqual({ data: [receipt], nextCursor: null });
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

test("says in ledger, feed and explanation what transfers move", async () => {
  const api = await shopOfTwoPlaces();
  const id = await sent(api);
  await api.post(`/v1/transfers/${id}/ship`);
  await api.post(`/v1/transfers/${id}/receive`, { lines: [{ sku: "tea", quantity: 2, condition: "UNSELLABLE" }] });
  await api.post(`/v1/transfers/${id}/close`, { lossReason: "theft", note: "seen on the ramp" });
  const ledger = await answered(200, api.get("/v1/stock-movements?sku=tea"));
  const moved = (
    ledger["data"] as { reason: string; transferId?: string; note?: string; after: { locationId: string } }[]
  ).map(({ reason, transferId, note, after }) => [reason, after.locationId, transferId, note]);
  expect(moved.slice(0, 5)).toEqual([
    ["transfer_closed", "berlin", id, "seen on the ramp"],
    ["transfer_received", "berlin", id, undefined],
    ["transfer_shipped", "berlin", id, undefined],
    ["transfer_shipped", "main", id, undefined],
    ["transfer_created", "main", id, undefined],
  ]);
  const feed = await answered(200, api.get("/v1/events"));
  expect((feed["data"] as object[]).slice(-4)).toMatchObject([
    { type: "TransferCreated", transferId: id, fromLocationId: "main", lines: [{ sku: "tea", quantity: 6 }] },
    { type: "TransferShipped", transferId: id, toLocationId: "berlin", lines: [{ sku: "tea", quantity: 6 }] },
    { type: "TransferReceived", receipt: { transferId: id, lines: [{ quantity: 2, condition: "UNSELLABLE" }] } },
    { type: "TransferClosed", transferId: id, lossReason: "theft", lines: [{ sku: "tea", quantity: 4 }] },
  ]);
  const nothing = { totalStock: 0, reservedStock: 0, committedStock: 0 };
  expect(await answered(200, api.get("/v1/stock-levels/tea/main/explain"))).toMatchObject({
    awaiting: { count: 0, sum: 0 },
    sent: { count: 1, sum: 6, newest: [{ transferId: id, units: 6 }] },
    unexplained: nothing,
  });
  expect(await answered(200, api.get("/v1/stock-levels/tea/berlin/explain"))).toMatchObject({
    expected: { count: 1, sum: 2 },
    arrived: { count: 1, sum: 2, newest: [{ transferId: id, units: 2 }] },
    unsellable: { count: 1, sum: 2, newest: [{ receiptId: expect.stringMatching(/^rct_/) }] },
    unexplained: nothing,
  });
});

test("expects what a supplier sends from the day that it was ordered", async () => {
  const api = await shopOfTwoPlaces();
  const bought = {
    toLocationId: "main",
    lines: [{ sku: "tea", quantity: 20 }],
    expectedAt: "2026-01-20T00:00:00.000Z",
  };
  const id = await sent(api, bought);
  expect(await answered(200, api.get(`/v1/transfers/${id}`))).toMatchObject({
    status: "IN_TRANSIT",
    ...bought,
    lines: [{}],
  });
  expect(await stockOf(api)).toEqual(["main 10/0/20/10", "10/0/20/10"]);
  const order = { lines: [{ sku: "tea", quantity: 11 }] };
  expect(await problemOf(await api.post("/v1/orders", order))).toBe("409 insufficient_stock");
  expect(await answered(201, api.post(`/v1/transfers/${id}/receive`, {}))).toMatchObject({
    transferStatus: "RECEIVED",
  });
  await answered(201, api.post("/v1/orders", order));
});

test("cancels a transfer before it leaves and after", async () => {
  const api = await shopOfTwoPlaces();
  const [first, second] = [await sent(api), await sent(api, { ...toBerlin, lines: [{ sku: "tea", quantity: 3 }] })];
  for (let repeat = 0; repeat < 2; repeat += 1)
    expect(await answered(200, api.post(`/v1/transfers/${first}/cancel`))).toMatchObject({ status: "CANCELLED" });
  await api.post(`/v1/transfers/${second}/ship`);
  await api.post(`/v1/transfers/${second}/receive`, { lines: [{ sku: "tea", quantity: 1 }] });
  expect(await answered(200, api.post(`/v1/transfers/${second}/cancel`))).toMatchObject({
    lines: [{ receivedQuantity: 1, returnedQuantity: 2 }],
  });
  expect(await stockOf(api)).toEqual(["berlin 1/0/0/1", "main 9/0/0/9", "10/0/0/10"]);
  const late = await api.post(`/v1/transfers/${first}/ship`);
  expect(await problemOf(late)).toBe("409 transfer_not_shippable");
});

test("lists transfers by state, place and SKU, page by page", async () => {
  const api = await shopOfTwoPlaces();
  await api.createProduct({ sku: "cup" });
  await api.openLocation("paris");
  const lines = [{ sku: "cup", quantity: 1 }];
  const [first, second, third] = [
    await sent(api),
    await sent(api, { toLocationId: "paris", lines }),
    await sent(api, { toLocationId: "berlin", lines }),
  ];
  const found = async (query: string) =>
    ((await answered(200, api.get(`/v1/transfers${query}`)))["data"] as { readonly id: string }[]).map(({ id }) => id);
  expect(await found("")).toEqual([third, second, first]);
  expect(await found("?status=PENDING")).toEqual([first]);
  expect(await found("?locationId=berlin")).toEqual([third, first]);
  expect(await found("?sku=cup&locationId=paris")).toEqual([second]);
  const page = await answered(200, api.get("/v1/transfers?sku=cup&limit=1"));
  expect(await found(`?sku=cup&limit=1&cursor=${page["nextCursor"]}`)).toEqual([second]);
});

test("makes one transfer and one receipt under a key", async () => {
  const api = await shopOfTwoPlaces();
  const key = { "idempotency-key": "k1" };
  const first = await answered(201, api.post("/v1/transfers", toBerlin, key));
  const path = `/v1/transfers/${first["id"]}`;
  await api.post(`${path}/ship`);
  const again = await api.post("/v1/transfers", toBerlin, key);
  expect([again.headers.get("idempotent-replayed"), await again.json()]).toEqual(["true", first]);
  const lines = [{ sku: "tea", quantity: 2 }];
  const receipt = await answered(201, api.post(`${path}/receive`, { lines }, key));
  expect(await answered(201, api.post(`${path}/receive`, { lines }, key))).toEqual(receipt);
  expect(await stockOf(api)).toEqual(["berlin 2/0/4/2", "main 4/0/0/4", "6/0/4/6"]);
});

const one = [{ sku: "tea", quantity: 1 }];

test.each([
  ["a place that there is not", "/v1/transfers", { ...toBerlin, toLocationId: "brelin" }, "404 location_not_found"],
  [
    "a product that there is not",
    "/v1/transfers",
    { ...toBerlin, lines: [{ sku: "pot", quantity: 1 }] },
    "404 product_not_found",
  ],
  ["the same place", "/v1/transfers", { ...toBerlin, toLocationId: "main" }, "422 same_location"],
  [
    "more than is available",
    "/v1/transfers",
    { ...toBerlin, lines: [{ sku: "tea", quantity: 11 }] },
    "409 insufficient_stock",
  ],
  ["no lines", "/v1/transfers", { ...toBerlin, lines: [] }, "400 malformed_request"],
  [
    "too many lines",
    "/v1/transfers",
    { ...toBerlin, lines: Array.from({ length: 201 }, () => one[0]) },
    "400 malformed_request",
  ],
  ["half a unit", "/v1/transfers", { ...toBerlin, lines: [{ sku: "tea", quantity: 0.5 }] }, "400 malformed_request"],
  ["no target", "/v1/transfers", { fromLocationId: "main", lines: one }, "400 malformed_request"],
  ["a day as its time", "/v1/transfers", { ...toBerlin, expectedAt: "2026-01-20" }, "400 malformed_request"],
  ["a transfer that there is not", "/v1/transfers/trf_none/ship", undefined, "404 transfer_not_found"],
  ["a receipt of none", "/v1/transfers/trf_none/receive", {}, "404 transfer_not_found"],
  ["a close of none", "/v1/transfers/trf_none/close", { lossReason: "lost" }, "404 transfer_not_found"],
  ["a close without a reason", "/v1/transfers/trf_none/close", {}, "400 malformed_request"],
  ["a cancel of none", "/v1/transfers/trf_none/cancel", undefined, "404 transfer_not_found"],
])("refuses %s, and moves nothing", async (_what, path, body, problem) => {
  const api = await shopOfTwoPlaces();
  expect(await problemOf(await api.post(path, body))).toBe(problem);
  expect(await stockOf(api)).toEqual(["main 10/0/0/10", "10/0/0/10"]);
});

test("answers 404 to reads of a transfer that there is not", async () => {
  const api = await shopOfTwoPlaces();
  expect(await problemOf(await api.get("/v1/transfers/trf_none"))).toBe("404 transfer_not_found");
  expect(await problemOf(await api.get("/v1/transfers/trf_none/receipts"))).toBe("404 transfer_not_found");
});

test("an inactive place gets no new transfer, takes in what is under way, and is emptied", async () => {
  const api = await shopOfTwoPlaces();
  const id = await sent(api);
  await api.post(`/v1/transfers/${id}/ship`);
  await answered(200, api.patch("/v1/locations/berlin", { active: false }));
  expect(await problemOf(await api.post("/v1/transfers", toBerlin))).toBe("409 location_inactive");
  await answered(201, api.post(`/v1/transfers/${id}/receive`, {}));
  const back = await sent(api, {
    fromLocationId: "berlin",
    toLocationId: "main",
    lines: [{ sku: "tea", quantity: 6 }],
  });
  await answered(200, api.post(`/v1/transfers/${back}/ship`));
  await answered(201, api.post(`/v1/transfers/${back}/receive`, {}));
  expect(await stockOf(api)).toEqual(["berlin 0/0/0/0", "main 10/0/0/10", "10/0/0/10"]);
});
