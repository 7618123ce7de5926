import { orderSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

/** A shop that has sold three of ten units at 4.50, and shipped `units` of them. */
async function shopThatShipped(units: number) {
  const api = new TestApi();
  await api.createProduct();
  const order = await api.placeOrder(3);
  await answered(200, api.post(`/v1/orders/${order}/confirm`, { paymentReference: "pay-1" }));
  const post = (what: string, body: object, key?: string) =>
    api.post(`/v1/orders/${order}/${what}`, body, key === undefined ? {} : { "idempotency-key": key });
  if (units > 0) await answered(201, post("fulfilments", { lines: [{ sku: "tea", quantity: units }] }));
  const read = () => answered(200, api.get(`/v1/orders/${order}`));
  return { api, order, post, read };
}

test("cancels a paid order before it leaves: its stock can be sold again, and all it cost is due back", async () => {
  const { api, order, post, read } = await shopThatShipped(0);
  const made = await answered(201, post("cancellations", { reference: "ticket-1" }, "k"));
  expect(made).toMatchObject({
    orderId: order,
    kind: "CANCELLATION",
    lines: [{ sku: "tea", locationId: "main", quantity: 3, disposition: "CANCELLED" }],
    refundDue: 1_350,
    reference: "ticket-1",
  });
  expect(await (await post("cancellations", { reference: "ticket-1" }, "k")).json()).toEqual(made);
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ totalStock: 10, availableStock: 10 });
  const cancelled = await read();
  expect(cancelled).toMatchObject({ status: "CONFIRMED", refundDue: 1_350, lines: [{ cancelledQuantity: 3 }] });
  expect(reread(orderSchema, cancelled)).toEqual(cancelled);
  expect(await problemOf(await post("fulfilments", {}))).toBe("409 nothing_to_fulfil");
  expect(await problemOf(await post("cancellations", {}))).toBe("409 nothing_to_reverse");
});

test("cancels by line, and takes back what has left to be sold again or not, with its money or without", async () => {
  const { api, post, read } = await shopThatShipped(2);
  await answered(201, post("cancellations", { lines: [{ sku: "tea", quantity: 1 }] }));
  const restocked = { lines: [{ sku: "tea", quantity: 1, disposition: "RESTOCK" }] };
  expect(await answered(201, post("returns", restocked))).toMatchObject({ kind: "RETURN", refundDue: 450 });
  const discarded = { lines: [{ sku: "tea", quantity: 1, disposition: "DISCARD" }], refund: false };
  expect(await answered(201, post("returns", discarded))).toMatchObject({ refundDue: 0 });
  expect(await read()).toMatchObject({
    fulfilmentStatus: "FULFILLED",
    refundDue: 900,
    lines: [{ quantity: 3, fulfilledQuantity: 2, cancelledQuantity: 1, returnedQuantity: 2 }],
  });
  expect(await answered(200, api.get("/v1/products/tea"))).toMatchObject({ totalStock: 9, committedStock: 0 });
  expect(await answered(200, api.get("/v1/reconciliation"))).toMatchObject({ ok: true });
  const refused = await post("returns", restocked);
  expect(await refused.clone().json()).toMatchObject({
    errors: [{ message: "1 of tea are to come back, 0 are outside", sku: "tea", requested: 1, available: 0 }],
  });
  expect(await problemOf(refused)).toBe("409 more_than_shipped");
});

test("records money that goes back until nothing is due, and finds orders whose money is due", async () => {
  const { api, order, post, read } = await shopThatShipped(0);
  const due = async () => (await answered(200, api.get("/v1/orders?paymentOutcome=REFUND_DUE")))["data"];
  expect(await due()).toEqual([]);
  expect(await problemOf(await post("repayments", {}))).toBe("409 nothing_due");
  await answered(201, post("cancellations", { lines: [{ sku: "tea", quantity: 2 }] }));
  expect(await due()).toMatchObject([{ id: order, refundDue: 900 }]);
  const first = await answered(201, post("repayments", { amount: 400, reference: "re-1" }, "k"));
  expect(first).toMatchObject({ orderId: order, amount: 400, reference: "re-1" });
  expect(await (await post("repayments", { amount: 400, reference: "re-1" }, "k")).json()).toEqual(first);
  const refused = await post("repayments", { amount: 501 });
  expect(await refused.clone().json()).toMatchObject({ detail: "501 would have gone back, 500 are due." });
  expect(await problemOf(refused)).toBe("409 more_than_due");
  const last = await answered(201, post("repayments", {}));
  expect(await read()).toMatchObject({ refundDue: 0, refunded: 900 });
  expect(await due()).toEqual([]);
  expect(await answered(200, api.get(`/v1/orders/${order}/repayments`))).toEqual({
    data: [last, first],
    nextCursor: null,
  });
});

test("lists what was given up, and tells it in the feed, in the ledger and in an explanation", async () => {
  const { api, order, post } = await shopThatShipped(1);
  const cancelled = await answered(201, post("cancellations", {}));
  const returned = await answered(
    201,
    post("returns", { lines: [{ sku: "tea", quantity: 1, disposition: "RESTOCK" }] }),
  );
  const repaid = await answered(201, post("repayments", {}));
  const list = `/v1/orders/${order}/reversals`;
  const page = await answered(200, api.get(`${list}?limit=1`));
  expect(page).toMatchObject({ data: [returned] });
  expect(await answered(200, api.get(`${list}?cursor=${String(page["nextCursor"])}`))).toMatchObject({
    data: [cancelled],
  });
  const { data: events } = await answered(200, api.get("/v1/events"));
  expect((events as readonly unknown[]).slice(-3)).toMatchObject([
    { type: "SaleReversed", reversal: cancelled },
    { type: "SaleReversed", reversal: returned },
    { type: "RepaymentRecorded", repayment: repaid },
  ]);
  const { data: movements } = await answered(200, api.get("/v1/stock-movements?sku=tea&limit=2"));
  expect(movements).toMatchObject([
    { reason: "returned", orderId: order, reversalId: returned["id"], change: { totalStock: 1, committedStock: 0 } },
    { reason: "sale_cancelled", reversalId: cancelled["id"], change: { totalStock: 0, committedStock: -2 } },
  ]);
  expect(await answered(200, api.get("/v1/stock-levels/tea/main/explain"))).toMatchObject({
    adjustments: { sum: 10 },
    sold: { sum: 3 },
    shipped: { sum: 1 },
    cancelled: { count: 1, sum: 2 },
    restocked: { count: 1, sum: 1 },
    unexplained: { totalStock: 0, committedStock: 0 },
  });
});

test("undoes only what is paid for, and knows no other order", async () => {
  const api = new TestApi();
  await api.createProduct();
  const unpaid = await api.placeOrder(1);
  expect(await problemOf(await api.post(`/v1/orders/${unpaid}/cancellations`, {}))).toBe("409 order_not_reversible");
  for (const what of ["reversals", "repayments"])
    expect(await problemOf(await api.get(`/v1/orders/ord_none/${what}`))).toBe("404 order_not_found");
  expect(await problemOf(await api.post("/v1/orders/ord_none/repayments", {}))).toBe("404 order_not_found");
});
