import { orderSchema, reservationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, reread, TestApi } from "../test-api.ts";

/** A shop with 1 tea at main and 1 in Berlin, which promises second. */
async function shopOfTwoPlaces(parts: ConstructorParameters<typeof TestApi>[0] = {}): Promise<TestApi> {
  const api = new TestApi(parts);
  await api.createProduct({ totalStock: 1 });
  await answered(201, api.post("/v1/locations", { id: "berlin", name: "Berlin", priority: 1 }));
  const delivery = { sku: "tea", locationId: "berlin", delta: 1, reason: "restock" };
  await answered(201, api.post("/v1/stock-adjustments", delivery));
  return api;
}

const twoTeas = { lines: [{ sku: "tea", quantity: 2 }] };
const both = [
  { locationId: "main", quantity: 1 },
  { locationId: "berlin", quantity: 1 },
];

test("1 + 1 units in two places are sold as 2, on one line that says from where", async () => {
  const api = await shopOfTwoPlaces();
  const order = await answered(201, api.post("/v1/orders", twoTeas));
  expect(order).toMatchObject({ locationId: "main", lines: [{ sku: "tea", quantity: 2, allocations: both }] });
  expect(order["lines"]).toHaveLength(1);
  expect(order["total"]).toEqual({ amount: 900, currency: "EUR" });
  expect(reread(orderSchema, order)).toEqual(order);
  expect(await answered(200, api.get(`/v1/orders/${order["id"]}`))).toEqual(order);
  const { id } = order["reservation"] as { id: string };
  const reservation = await answered(200, api.get(`/v1/reservations/${id}`));
  expect(reservation).toMatchObject({ locationId: "main", lines: [{ sku: "tea", quantity: 2, allocations: both }] });
  expect(reread(reservationSchema, reservation)).toEqual(reservation);
  const { data } = (await answered(200, api.get("/v1/events?limit=200"))) as { data: unknown[] };
  expect(data.at(-1)).toMatchObject({
    type: "OrderPlaced",
    locationId: "main",
    lines: [{ sku: "tea", quantity: 2, allocations: both }],
  });
  expect(await answered(409, api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 1 }] }))).toMatchObject({
    code: "insufficient_stock",
    errors: [{ requested: 1, available: 0 }],
  });
});

test("units leave by line and place, and without a place in the order of the allocations", async () => {
  const api = await shopOfTwoPlaces();
  const { id } = await answered(201, api.post("/v1/orders", twoTeas));
  await answered(200, api.post(`/v1/orders/${id}/confirm`, {}));
  const inBerlin = { lines: [{ sku: "tea", locationId: "berlin", quantity: 1 }] };
  await answered(201, api.post(`/v1/orders/${id}/fulfilments`, inBerlin));
  expect(await answered(409, api.post(`/v1/orders/${id}/fulfilments`, inBerlin))).toMatchObject({
    code: "more_than_sold",
    errors: [{ locationId: "berlin", requested: 1, available: 0 }],
  });
  expect(await answered(409, api.post(`/v1/orders/${id}/fulfilments`, twoTeas))).toMatchObject({
    errors: [{ message: "2 of tea are to go, 1 are sold and still there", requested: 2, available: 1 }],
  });
  expect(await answered(201, api.post(`/v1/orders/${id}/fulfilments`, {}))).toMatchObject({
    lines: [{ locationId: "main", quantity: 1 }],
    fulfilmentStatus: "FULFILLED",
  });
  const back = { lines: [{ sku: "tea", locationId: "berlin", quantity: 1, disposition: "RESTOCK" }] };
  await answered(201, api.post(`/v1/orders/${id}/returns`, back));
  expect(await answered(200, api.get(`/v1/orders/${id}`))).toMatchObject({
    lines: [
      {
        quantity: 2,
        fulfilledQuantity: 2,
        returnedQuantity: 1,
        allocations: [
          { locationId: "main", quantity: 1, fulfilledQuantity: 1 },
          { locationId: "berlin", quantity: 1, fulfilledQuantity: 1, returnedQuantity: 1 },
        ],
      },
    ],
  });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({
    availableStock: 1,
    levels: [
      { locationId: "berlin", availableStock: 1 },
      { locationId: "main", availableStock: 0 },
    ],
  });
});

test("a line may name its own place, and nothing is held where one line cannot be", async () => {
  const api = await shopOfTwoPlaces();
  const cart = (quantity: number) => ({
    lines: [
      { sku: "tea", quantity: 1, locationId: "berlin" },
      { sku: "tea", quantity },
    ],
  });
  expect(await answered(409, api.post("/v1/orders", cart(2)))).toMatchObject({
    errors: [{ requested: 2, available: 1 }],
  });
  expect(await answered(201, api.post("/v1/orders", cart(1)))).toMatchObject({
    lines: [{ quantity: 2, allocations: both }],
  });
  const nowhere = { lines: [{ sku: "tea", quantity: 1, locationId: "brelin" }] };
  expect(await answered(404, api.post("/v1/orders", nowhere))).toMatchObject({ code: "location_not_found" });
});

test("with ALLOCATE_BY=fewest-splits one place that has the whole cart gives all of it", async () => {
  const api = await shopOfTwoPlaces({ settings: { allocateBy: "fewest-splits" } });
  const delivery = { sku: "tea", locationId: "berlin", delta: 1, reason: "restock" };
  await answered(201, api.post("/v1/stock-adjustments", delivery));
  expect(await answered(201, api.post("/v1/orders", twoTeas))).toMatchObject({
    locationId: "berlin",
    lines: [{ allocations: [{ locationId: "berlin", quantity: 2 }] }],
  });
});
