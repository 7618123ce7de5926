import { repeatGuards, routes } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, TestApi } from "../test-api.ts";

/** A shop that reviews late payments, with ten teas at `main`, a second place and a reservation of two teas. */
async function openShop() {
  const api = new TestApi({ settings: { latePayment: "review" } });
  await api.createProduct();
  await api.openLocation("berlin");
  const order = `/v1/orders/${await api.placeOrder(2, { customerId: "ann" })}`;
  const post = async (path: string, body?: object) =>
    (await (await api.post(path, body)).json()) as { readonly id: string };
  const sent = { fromLocationId: "main", toLocationId: "berlin", lines: [{ sku: "tea", quantity: 3 }] };
  const transfer = `/v1/transfers/${(await post("/v1/transfers", sent)).id}`;
  return { api, post, order, transfer };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

interface Step {
  readonly call: `POST ${string}`;
  readonly body?: object;
  readonly before?: (shop: Shop) => Promise<unknown>;
  /** What someone else does, once the step was taken and its answer was lost. */
  readonly since: (shop: Shop) => Promise<unknown>;
  readonly repeat: number;
}

const ofOrder = "POST /v1/orders/{id}";
const ofTransfer = "POST /v1/transfers/{id}";
const paid = { paymentReference: "p1" };
const until = (minute: number) => ({ expiresAt: `2026-01-01T00:${minute}:00Z` });

/** What someone does, by a short word for it. */
const does = {
  cancel: ({ post, order }: Shop) => post(`${order}/cancel`),
  cancelAndPay: async ({ post, order }: Shop) => {
    await post(`${order}/cancel`);
    await post(`${order}/confirm`, paid);
  },
  cancelSoldAndRepay: async ({ post, order }: Shop) => {
    await post(`${order}/cancellations`, {});
    await post(`${order}/repayments`, {});
  },
  payOnceMore: ({ post, order }: Shop) => post(`${order}/confirm`, { paymentReference: "p2" }),
  extend: ({ post, order }: Shop) => post(`${order}/extend`, until(20)),
  refund: ({ post, order }: Shop) => post(`${order}/refunds`, paid),
  ship: ({ post, transfer }: Shop) => post(`${transfer}/ship`),
  receive: ({ post, transfer }: Shop) => post(`${transfer}/receive`, {}),
  cancelTransfer: ({ post, transfer }: Shop) => post(`${transfer}/cancel`),
  find: ({ post }: Shop) =>
    post("/v1/stock-adjustments", { sku: "tea", locationId: "berlin", delta: 3, reason: "found" }),
  /** Pays when the units are held for another. */
  payTooLate: async ({ api, post, order }: Shop) => {
    api.seconds = 300;
    await api.expireDue();
    const other = await api.placeOrder(7);
    await post(`${order}/confirm`, paid);
    await post(`/v1/orders/${other}/cancel`);
  },
};

/** The calls that take neither an `Idempotency-Key` nor `If-Match`. */
const steps: readonly Step[] = [
  { call: `${ofOrder}/confirm`, body: paid, since: does.cancelSoldAndRepay, repeat: 200 },
  { call: `${ofOrder}/confirm`, body: {}, since: does.payOnceMore, repeat: 200 },
  { call: `${ofOrder}/confirm`, body: paid, before: does.cancel, since: does.payOnceMore, repeat: 409 },
  { call: `${ofOrder}/cancel`, since: does.payOnceMore, repeat: 200 },
  { call: `${ofOrder}/extend`, body: until(10), since: does.extend, repeat: 200 },
  { call: `${ofOrder}/extend`, body: until(10), since: does.cancel, repeat: 409 },
  {
    call: `${ofOrder}/review`,
    body: { decision: "SELL" },
    before: does.payTooLate,
    since: does.cancelSoldAndRepay,
    repeat: 200,
  },
  { call: `${ofOrder}/review`, body: { decision: "REFUND" }, before: does.payTooLate, since: does.refund, repeat: 200 },
  { call: `${ofOrder}/refunds`, body: paid, before: does.cancelAndPay, since: does.payOnceMore, repeat: 200 },
  { call: `${ofTransfer}/ship`, since: does.receive, repeat: 200 },
  { call: `${ofTransfer}/ship`, since: does.cancelTransfer, repeat: 409 },
  { call: `${ofTransfer}/close`, body: { lossReason: "lost" }, before: does.ship, since: does.find, repeat: 200 },
  { call: `${ofTransfer}/cancel`, before: does.ship, since: does.find, repeat: 200 },
];

/** All that has happened in the shop. */
async function everything(api: TestApi): Promise<string> {
  return await (await api.get("/v1/events?limit=200")).text();
}

test.each(steps)("$call late, behind a change of someone else's, does nothing: $repeat", async (step) => {
  const { call, body, before, since, repeat } = step;
  const shop = await openShop();
  const { api, order, transfer } = shop;
  const path = call.slice("POST ".length).replace("/v1/orders/{id}", order).replace("/v1/transfers/{id}", transfer);
  await before?.(shop);
  const states = [await everything(api)];
  await api.post(path, body);
  states.push(await everything(api));
  await since(shop);
  states.push(await everything(api));
  expect((await api.post(path, body)).status).toBe(repeat);
  expect(states.indexOf(await everything(api))).toBe(2);
  expect(new Set(states).size).toBe(3);
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
});

/** They leave orders and stock alone. */
const others = [
  "POST /v1/api-keys/{id}/revoke",
  "POST /v1/orders/{id}/stream-tokens",
  "POST /v1/events/stream-tokens",
  "DELETE /v1/customers/{id}",
];

test("every call that takes no key and no tag is among them, or leaves orders and stock alone", () => {
  const bare = Object.values(routes).flatMap((route) =>
    route.method !== "get" && repeatGuards(route).length === 0 ? [`${route.method.toUpperCase()} ${route.path}`] : [],
  );
  expect(new Set(bare)).toEqual(new Set([...steps.map(({ call }) => call), ...others]));
});

test("an erasure that comes again late takes the orders that were placed since", async () => {
  const { api } = await openShop();
  const erase = () => answered(200, api.send("DELETE", "/v1/customers/ann", undefined, {}));
  expect([await erase(), await erase()]).toMatchObject([{ orders: 1 }, { orders: 0 }]);
  await api.placeOrder(1, { customerId: "ann" });
  expect(await erase()).toMatchObject({ orders: 1 });
});

const oneTea = { lines: [{ sku: "tea", quantity: 1 }] };

test.each([
  ["PATCH", "/v1/products/tea", { name: "Black tea" }, { name: "White tea" }],
  ["PATCH", "/v1/locations/berlin", { active: false }, { active: true }],
  ["PATCH", "/v1/stock-levels/tea/main", { safetyStock: 1 }, { safetyStock: 4 }],
  ["PATCH", "{order}", { reference: "A-1" }, { reference: "A-2" }],
  ["PUT", "{order}/lines", oneTea, { lines: [{ sku: "tea", quantity: 3 }] }],
])(
  "%s %s late undoes a change of someone else's, unless If-Match says what was read",
  async (method, template, mine, theirs) => {
    const { api, order } = await openShop();
    const path = template.replace("{order}", order);
    const read = path.replace("/lines", "");
    const tag = async () => (await api.get(read)).headers.get("etag") ?? "";
    const send = (body: object, headers: object = {}) =>
      api.send(method, path, JSON.stringify(body), { "content-type": "application/json", ...headers });
    const first = { "if-match": await tag() };
    expect((await send(mine, first)).status).toBe(200);
    expect((await send(mine, first)).status).toBe(200);
    expect((await send(theirs)).status).toBe(200);
    const left = await everything(api);
    expect((await send(mine, first)).status).toBe(412);
    expect(await everything(api)).toBe(left);
    expect((await send(mine)).status).toBe(200);
    expect(await everything(api)).not.toBe(left);
  },
);
