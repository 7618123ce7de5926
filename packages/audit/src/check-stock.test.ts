import { expect, test } from "vitest";
import type { Ask } from "./api-reader.ts";
import { openAuditedShop } from "./audited-shop.ts";
import type { AuditRule } from "./breach.ts";

const { ask, audit, ids } = await openAuditedShop();

interface Level {
  availableStock: number;
  reservedStock: number;
  version: number;
}

interface Item {
  id: string;
  orderId: string;
  customerId: string;
  status: string;
  endedAt: string;
  lines: [{ quantity: number }];
  after: Level;
  payments: { at: string; outcome: string }[];
  refundDue?: number;
  refunded?: number;
  type: string;
}

/** The fields of answers that the tests below tamper with. */
interface Answer {
  totalStock: number;
  levels: [Level];
  ok: boolean;
  data: [Item, Item, Item, Item];
}

/** The same API, with answers of one kind changed. */
function tampered(path: string, tamper: (answer: Answer) => unknown): Ask {
  return async (url, init) => {
    const response = await ask(url, init);
    if (!url.startsWith(`http://shop${path}`)) return response;
    const answer = (await response.json()) as Answer;
    tamper(answer);
    return Response.json(answer);
  };
}

/** The orders, newest first: open, cancelled, paid, expired. */
const [open, paid] = [0, 2] as const;

test("finds nothing wrong where nothing is", async () => {
  expect(await audit()).toEqual({
    breaches: [],
    orders: 4,
    movements: 1 + 8 - 1 + 1 + 4 + 3 + 1,
    events: 2 * 2 + 4 + 3 + 4 + 1,
    availableStock: 6 + 10,
    money: { paid: 400, sold: 200, refunded: 50, due: 150 },
    expiredLateMsMax: expect.any(Number),
  });
});

type Tampering = readonly [what: string, path: string, tamper: (answer: Answer) => unknown, reported: AuditRule];

const products = "/v1/products/first";
const orders = "/v1/orders?sku=first";
const reservationList = "/v1/reservations?sku=first";
const ledger = "/v1/stock-movements?sku=first";

/** A payment that an unpaid order cannot have. */
const lateOne = { at: "2026-01-01T00:00:00.000Z", outcome: "REHELD" };

const tamperings: readonly Tampering[] = [
  ["more available than there can be", products, (p) => (p.levels[0].availableStock += 1), "stock numbers"],
  ["a number below zero", products, (p) => (p.levels[0].availableStock = -1), "stock numbers"],
  ["a total that is not the sum", products, (p) => (p.totalStock += 1), "stock numbers"],
  ["an order left out", orders, ({ data }) => data.shift(), "orders against stock"],
  ["an order of other units", orders, ({ data }) => (data[open].lines[0].quantity = 9), "orders against stock"],
  ["a paid order as cancelled", orders, ({ data }) => (data[paid].status = "CANCELLED"), "orders against stock"],
  [
    "a reservation that outlives its order",
    reservationList,
    ({ data }) => (data[3].status = "ACTIVE"),
    "reservations against orders",
  ],
  ["a transfer left out", "/v1/transfers?sku=second", ({ data }) => data.pop(), "orders against stock"],
  ["a reservation left out", reservationList, ({ data }) => data.pop(), "reservations against orders"],
  [
    "a reservation of other units",
    reservationList,
    ({ data }) => (data[0].lines[0].quantity = 1),
    "reservations against orders",
  ],
  ["a movement left out", ledger, ({ data }) => data.splice(2, 1), "ledger without a gap"],
  ["the last movement left out", ledger, ({ data }) => data.shift(), "ledger without a gap"],
  ["a movement twice", ledger, ({ data }) => data.splice(1, 0, data[1]), "ledger without a gap"],
  ["a balance that does not follow", ledger, ({ data }) => (data[1].after.reservedStock += 1), "ledger adds up"],
  ["a moment of overselling", ledger, ({ data }) => (data[1].after.availableStock = -1), "ledger adds up"],
  ["a level the ledger does not end in", products, (p) => (p.levels[0].reservedStock += 1), "ledger adds up"],
  ["an order that ended twice", ledger, ({ data }) => (data[1].orderId = ids.paid), "ledger against orders"],
  ["a movement of no order", ledger, ({ data }) => (data[0].orderId = "ord_0"), "ledger against orders"],
  ["an expiry before its time", orders, ({ data }) => (data[3].endedAt = "2026-01-01T00:00:05Z"), "never early"],
  ["drift", "/v1/reconciliation", (answer) => (answer.ok = false), "reconciliation"],
  ["two orders of one key", orders, ({ data }) => (data[0].customerId = data[1].customerId), "one order per key"],
  ["an order twice in a list", orders, ({ data }) => data.push(data[0]), "one order per key"],
  ["payments left out", "/v1/orders?", ({ data }) => data.map((order) => (order.payments = [])), "payments"],
  ["payments twice", "/v1/orders?", ({ data }) => data.map(({ payments }) => payments.push(...payments)), "payments"],
  ["a payment of an order that is not paid", orders, ({ data }) => (data[open].payments = [lateOne]), "payments"],
  ["money as due that is not", "/v1/orders?", ({ data }) => data.map((order) => (order.refundDue = 1)), "money"],
  ["money as refunded that was not", "/v1/orders?", ({ data }) => data.map((order) => (order.refunded = 1)), "money"],
  [
    "more money given back than was paid",
    "/v1/orders?",
    ({ data }) => data.map((order) => (order.refundDue = 9_999)),
    "money",
  ],
  [
    "a repayment left out",
    "/v1/events",
    (answer) => Object.assign(answer, { data: answer.data.filter(({ type }) => type !== "RepaymentRecorded") }),
    "money",
  ],
  [
    "an order that no shopper placed",
    orders,
    ({ data }) => data.push({ ...data[0], id: "ord_1" }),
    "as the shoppers saw it",
  ],
];

test.each(tamperings)("reports %s", async (_what, path, tamper, rule) => {
  const { breaches } = await audit(tampered(path, tamper));
  expect(breaches.map((breach) => breach.rule)).toContain(rule);
});

const shoppers = { placed: 4, confirmed: 1, cancelled: 1, unsettled: 0 };

test.each([
  ["an order lost", { counts: { ...shoppers, placed: 5 } }, "5 orders were placed, the API lists 4"],
  ["a confirm lost", { counts: { ...shoppers, confirmed: 2 } }, "2 orders were confirmed, the API lists 1"],
  [
    "more orders than outages leave open",
    { counts: { ...shoppers, placed: 2, unsettled: 1 } },
    "2 to 3 orders were placed, the API lists 4",
  ],
  ["a fulfilment lost", { counts: { ...shoppers, fulfilled: 1 } }, "1 orders were fulfilled, the API lists 0"],
  ["stock out of nowhere", { stock: 9 }, "first began with 9 units, the API lists 10"],
])("reports %s", async (_what, changes, says) => {
  const { breaches } = await audit(ask, changes);
  expect(breaches).toContainEqual({ rule: "as the shoppers saw it", says });
});

test("reports payments that are not on their orders, and payments that were never reported", async () => {
  const reported = (...references: readonly string[]) => audit(ask, { payments: new Map([[ids.paid, references]]) });
  expect((await reported("pay-1")).breaches).toEqual([]);
  const two = `${ids.paid} has pay-1, and pay-1 and pay-2 was reported`;
  expect((await reported("pay-1", "pay-2")).breaches).toEqual([{ rule: "payments", says: two }]);
  const none = `${ids.paid} has pay-1, and no payment was reported`;
  expect((await reported()).breaches).toEqual([{ rule: "payments", says: none }]);
});

test("reports money that is not what shoppers were answered", async () => {
  const reported = (due: number, refunded: number) =>
    audit(ask, { money: new Map([[ids.paid, { due, refunded }]]), counts: undefined, skus: ["second"] });
  const { breaches, money } = await reported(150, 50);
  expect(breaches).toEqual([]);
  expect(money).toEqual({ paid: 400, sold: 200, refunded: 50, due: 150 });
  const says = `${ids.paid} says 150 due and 50 refunded, and its shopper was answered 100 and 100`;
  expect((await reported(100, 100)).breaches).toEqual([{ rule: "money", says }]);
});

test("lets outages leave that many outcomes open", async () => {
  const counts = { placed: 3, confirmed: 0, cancelled: 1, unsettled: 1 };
  expect((await audit(ask, { counts })).breaches).toEqual([]);
});

test("reports a reservation that outlives its time", async () => {
  const { breaches } = await audit(ask, { expiryMsMax: 50 });
  expect(breaches).toEqual([{ rule: "no leak", says: expect.stringContaining(ids.open.replace("ord_", "res_")) }]);
});

test("reads every page", async () => {
  const pages: string[] = [];
  const shortPages: Ask = (url, init) => {
    if (url.includes("stock-movements")) pages.push(url);
    return ask(url.replace("limit=200", "limit=1"), init);
  };
  expect((await audit(shortPages)).breaches).toEqual([]);
  expect(pages).toHaveLength(17);
});

test.each([
  ["that are not 200", "GET /v1/products/first answered 404", () => new Response("gone", { status: 404 })],
  ["that the contract does not know", "is not what the contract says", () => Response.json({ sku: "first" })],
])("gives up on answers %s", async (_what, message, answer) => {
  await expect(audit(answer)).rejects.toThrow(message);
});

test("gives up on stock that never stands still", async () => {
  let version = 0;
  const restless = tampered(products, (product) => (product.levels[0].version = version++));
  await expect(audit(restless)).rejects.toThrow("is something else using it?");
});
