import type { Instant, ReservationId } from "@holdfast/domain";
import { type ReservationCache, type ReservationRecord, reservationHints } from "@holdfast/engine";
import { reservationSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, opening, problemOf, reread, TestApi } from "../test-api.ts";

/** A cache in memory that drops reservations when they have run out at `now`. */
function memoryCache(now: () => number) {
  const held = new Map<ReservationId, ReservationRecord>();
  const find = (id: ReservationId) => {
    const record = held.get(id);
    return record !== undefined && record.expiresAt > (now() as Instant) ? record : undefined;
  };
  const cache: ReservationCache = {
    note(changes) {
      for (const record of changes.held) held.set(record.id, record);
      for (const id of changes.dropped) held.delete(id);
    },
    find: async (id) => find(id),
    alive: async (ids) => new Set(ids.filter((id) => find(id) !== undefined)),
  };
  return { cache, forget: () => held.clear() };
}

/** An API whose cache gets every commit. */
function cachedApi() {
  const { cache, forget } = memoryCache(() => opening + api.seconds * 1000);
  const api: TestApi = new TestApi({ cache, afterCommit: reservationHints(cache, { arm: () => {} }) });
  const read = async (id: string) => {
    const response = await api.get(`/v1/reservations/${id}`);
    const body = (await response.json()) as Record<string, unknown>;
    expect(reread(reservationSchema, body)).toEqual(body);
    return { source: response.headers.get("x-holdfast-source"), body };
  };
  return { api, forget, read };
}

test("answers a live reservation from the cache, the same as from the store", async () => {
  const { api, forget, read } = cachedApi();
  await api.createProduct();
  const order = await api.placeOrder(2, { customerId: "ann" });
  const id = order.replace("ord_", "res_");
  const cached = await read(id);
  forget();
  const stored = await read(id);
  expect([cached.source, stored.source]).toEqual(["cache", "store"]);
  expect(cached.body).toEqual({
    id,
    status: "ACTIVE",
    expiresAt: "2026-01-01T00:05:00.000Z",
    orderId: order,
    customerId: "ann",
    locationId: "main",
    lines: [{ sku: "tea", quantity: 2 }],
  });
  expect(stored.body).toEqual(cached.body);
});

test.each([
  ["confirm", "store CONFIRMED"],
  ["cancel", "store CANCELLED"],
])("answers from the store after a %s", async (call, outcome) => {
  const { api, read } = cachedApi();
  await api.createProduct();
  const order = await api.placeOrder();
  await answered(200, api.post(`/v1/orders/${order}/${call}`));
  const { source, body } = await read(order.replace("ord_", "res_"));
  expect(`${source} ${body["status"]}`).toBe(outcome);
});

test("shows the later end of a reservation that was extended, whatever the cache knew", async () => {
  const { api, read } = cachedApi();
  await api.createProduct();
  const order = await api.placeOrder();
  await answered(200, api.post(`/v1/orders/${order}/extend`, { expiresAt: "2026-01-01T01:00:00Z" }));
  const { source, body } = await read(order.replace("ord_", "res_"));
  expect([source, body["status"], body["expiresAt"]]).toEqual(["store", "ACTIVE", "2026-01-01T01:00:00.000Z"]);
});

test("shows both reservations of an order that was paid late", async () => {
  const { api, read } = cachedApi();
  await api.createProduct();
  const order = await api.placeOrder();
  const id = order.replace("ord_", "res_");
  expect(await problemOf(await api.get(`/v1/reservations/${id}-2`))).toBe("404 reservation_not_found");
  api.seconds = 301;
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  const [first, second] = [await read(id), await read(`${id}-2`)];
  expect([first, second].map(({ source, body }) => `${source} ${body["id"]} ${body["status"]}`)).toEqual([
    `store ${id} EXPIRED`,
    `store ${id}-2 CONFIRMED`,
  ]);
});

test("drops from the cache the reservation of a late payment, whatever the cache's own clock says", async () => {
  const { cache } = memoryCache(() => 0);
  const api = new TestApi({ cache, afterCommit: reservationHints(cache, { arm: () => {} }) });
  await api.createProduct();
  const order = await api.placeOrder();
  api.seconds = 301;
  await answered(200, api.post(`/v1/orders/${order}/confirm`));
  const response = await api.get(`/v1/reservations/${order.replace("ord_", "res_")}`);
  expect([response.headers.get("x-holdfast-source"), await response.json()]).toMatchObject([
    "store",
    { status: "EXPIRED" },
  ]);
});

test.each([
  ["", "pending paid cancelled ranOut reheld"],
  ["?status=ACTIVE", "pending"],
  ["?status=CONFIRMED", "paid reheld"],
  ["?status=CANCELLED", "cancelled"],
  ["?status=EXPIRED", "ranOut"],
  ["?customerId=ann", "paid"],
  ["?sku=tea&status=ACTIVE", "pending"],
  ["?sku=pot", ""],
])("lists the latest reservation of each order%s: %s", async (query, outcome) => {
  const api = new TestApi();
  await api.createProduct();
  const orders = {
    reheld: await api.placeOrder(),
    ranOut: await api.placeOrder(),
    cancelled: await api.placeOrder(),
    paid: await api.placeOrder(1, { customerId: "ann" }),
  };
  await answered(200, api.post(`/v1/orders/${orders.paid}/confirm`));
  await answered(200, api.post(`/v1/orders/${orders.cancelled}/cancel`));
  api.seconds = 300;
  await api.expireDue();
  await answered(200, api.post(`/v1/orders/${orders.reheld}/confirm`));
  const names = new Map(Object.entries({ ...orders, pending: await api.placeOrder() }).map(([name, id]) => [id, name]));

  const { data } = await answered(200, api.get(`/v1/reservations${query}`));
  const listed = data as { orderId: string }[];
  expect(listed.map(({ orderId }) => names.get(orderId)).join(" ")).toBe(outcome);
  for (const reservation of listed) expect(reread(reservationSchema, reservation)).toEqual(reservation);
});
