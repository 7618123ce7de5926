import { orderSchema, problemSchema } from "@holdfast/http-contract";
import { expect, test } from "vitest";
import { answered, problemOf, reread, TestApi } from "../test-api.ts";

test("sells to a late payment what is still free, and records the refund that is due for the rest", async () => {
  const api = new TestApi();
  await api.createProduct({ totalStock: 2 });
  const early = await api.placeOrder(1);
  const late = await api.placeOrder(1);
  api.seconds = 300;
  await api.expireDue();
  expect(await answered(200, api.post(`/v1/orders/${early}/confirm`))).toMatchObject({
    status: "CONFIRMED",
    reservation: { id: `${early.replace("ord_", "res_")}-2` },
    payments: [{ outcome: "REHELD" }],
  });
  await api.placeOrder(1);
  expect(await problemOf(await api.post(`/v1/orders/${late}/confirm`))).toBe("409 late_payment_refund_due");
  const failed = await answered(200, api.get(`/v1/orders/${late}`));
  expect(failed).toMatchObject({ status: "FAILED", payments: [{ outcome: "REFUND_DUE" }] });
  expect(reread(orderSchema, failed)).toEqual(failed);
});

/** A shop that reviews late payments, with an order of the one `tea` there is, paid late while another holds it. */
async function underReview() {
  const api = new TestApi({ settings: { latePayment: "review" } });
  await api.createProduct({ totalStock: 1 });
  const late = await api.placeOrder(1);
  api.seconds = 300;
  await api.expireDue();
  const other = await api.placeOrder(1);
  for (let repeat = 0; repeat < 2; repeat += 1) {
    const refused = await api.post(`/v1/orders/${late}/confirm`, { paymentReference: "pay-1" });
    expect(await problemOf(refused)).toBe("409 late_payment_review_due");
  }
  return { api, late, other };
}

test("keeps a late payment for review, sells it when its stock is free again, and answers a repeat the same", async () => {
  const { api, late, other } = await underReview();
  const review = (decision: string) => api.post(`/v1/orders/${late}/review`, { decision });
  expect(await answered(200, api.get(`/v1/orders/${late}`))).toMatchObject({
    status: "FAILED",
    payments: [{ reference: "pay-1", outcome: "REVIEW_DUE" }],
  });
  expect(await problemOf(await review("SELL"))).toBe("409 insufficient_stock");
  await answered(200, api.post(`/v1/orders/${other}/cancel`));
  api.seconds = 400;
  const sold = await answered(200, review("SELL"));
  expect(sold).toMatchObject({
    status: "CONFIRMED",
    payments: [{ outcome: "REHELD", review: { decision: "SELL", at: "2026-01-01T00:06:40.000Z" } }],
    reservation: { id: `${late.replace("ord_", "res_")}-2`, status: "CONFIRMED" },
  });
  expect(reread(orderSchema, sold)).toEqual(sold);
  expect(await answered(200, review("SELL"))).toEqual(sold);
  expect(await answered(200, api.post(`/v1/orders/${late}/confirm`))).toEqual(sold);
  const refused = await review("REFUND");
  expect(await refused.clone().json()).toMatchObject({ detail: "The order is CONFIRMED; its review said SELL." });
  expect(await problemOf(refused)).toBe("409 order_not_reviewable");
  expect(await api.stock()).toBe("1/0/1/0");
});

test("refunds a late payment that a person has turned down, and finds what is due", async () => {
  const { api, late } = await underReview();
  const due = async (outcome: string) => {
    const { data } = await answered(200, api.get(`/v1/orders?paymentOutcome=${outcome}`));
    return (data as { id: string }[]).map(({ id }) => id);
  };
  expect([await due("REVIEW_DUE"), await due("REFUND_DUE")]).toEqual([[late], []]);
  const review = (decision: string) => api.post(`/v1/orders/${late}/review`, { decision });
  const refunded = await answered(200, review("REFUND"));
  expect(refunded).toMatchObject({ status: "FAILED", payments: [{ outcome: "REFUND_DUE" }] });
  expect(await answered(200, review("REFUND"))).toEqual(refunded);
  expect(await problemOf(await review("SELL"))).toBe("409 order_not_reviewable");
  expect(await problemOf(await api.post(`/v1/orders/${late}/confirm`))).toBe("409 late_payment_refund_due");
  expect([await due("REVIEW_DUE"), await due("REFUND_DUE")]).toEqual([[], [late]]);
});

test("says that an order awaits no review", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder();
  const response = await api.post(`/v1/orders/${id}/review`, { decision: "SELL" });
  expect(await response.clone().json()).toMatchObject({ detail: "The order is PENDING_PAYMENT." });
  expect(await problemOf(response)).toBe("409 order_not_reviewable");
});

test("keeps a payment of an order that was cancelled, and shows it in the refusal and its repeat", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  await answered(200, api.post(`/v1/orders/${id}/cancel`));
  const paid = () => api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_x" });
  const refused = await answered(409, paid());
  expect(reread(problemSchema, refused)).toEqual(refused);
  expect(refused).toMatchObject({
    code: "order_not_confirmable",
    order: { id, status: "CANCELLED", payments: [{ reference: "pi_x", outcome: "REFUND_DUE" }] },
  });
  const again = await answered(409, paid());
  expect([again["code"], again["order"]]).toEqual([refused["code"], refused["order"]]);
  expect(refused["order"]).toEqual(await answered(200, api.get(`/v1/orders/${id}`)));
  const { data } = await answered(200, api.get("/v1/orders?paymentOutcome=REFUND_DUE&status=CANCELLED"));
  expect(data).toEqual([refused["order"]]);
});

test("keeps a second payment beside the one that sold the order", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  const paid = (paymentReference: string) => api.post(`/v1/orders/${id}/confirm`, { paymentReference });
  const sold = await answered(200, paid("pi_A"));
  const refused = await answered(409, paid("pi_B"));
  expect(refused).toMatchObject({
    code: "order_already_paid",
    order: {
      status: "CONFIRMED",
      payments: [
        { reference: "pi_A", outcome: "ON_TIME" },
        { reference: "pi_B", outcome: "REFUND_DUE" },
      ],
    },
  });
  expect(await answered(200, paid("pi_A"))).toEqual({
    ...sold,
    payments: (refused["order"] as typeof sold)["payments"],
  });
  expect(await api.stock()).toBe("10/0/2/8");
});

test("keeps a cancel of an order that has expired: a payment that comes later sells nothing", async () => {
  const api = new TestApi();
  await api.createProduct();
  const [cancelled, expired] = [await api.placeOrder(2), await api.placeOrder(1)];
  api.seconds = 300;
  await api.expireDue();
  expect(await answered(200, api.post(`/v1/orders/${cancelled}/cancel`))).toMatchObject({
    status: "CANCELLED",
    reservation: { status: "EXPIRED" },
  });
  expect(await problemOf(await api.post(`/v1/orders/${cancelled}/confirm`))).toBe("409 order_not_confirmable");
  expect(await api.stock()).toBe("10/0/0/10");
  const reservations = async (status: string) => {
    const { data } = await answered(200, api.get(`/v1/reservations?status=${status}`));
    return (data as { orderId: string; status: string }[]).map(
      (reservation) => `${reservation.orderId} ${reservation.status}`,
    );
  };
  expect(await reservations("EXPIRED")).toEqual([`${expired} EXPIRED`, `${cancelled} EXPIRED`]);
  expect(await reservations("CANCELLED")).toEqual([]);
});

test("closes a refund that was due, once", async () => {
  const api = new TestApi();
  await api.createProduct();
  const id = await api.placeOrder(2);
  await answered(200, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_A" }));
  await answered(409, api.post(`/v1/orders/${id}/confirm`, { paymentReference: "pi_B" }));
  const refund = (paymentReference: string, refundReference?: string) =>
    api.post(`/v1/orders/${id}/refunds`, { paymentReference, refundReference });
  expect(await problemOf(await refund("pi_C"))).toBe("404 payment_not_found");
  expect(await problemOf(await refund("pi_A", "re_1"))).toBe("409 refund_not_due");
  api.seconds = 60;
  const refunded = await answered(200, refund("pi_B", "re_1"));
  expect(reread(orderSchema, refunded)).toEqual(refunded);
  expect(refunded["payments"]).toMatchObject([
    { reference: "pi_A", outcome: "ON_TIME" },
    { reference: "pi_B", outcome: "REFUNDED", refund: { reference: "re_1", at: "2026-01-01T00:01:00.000Z" } },
  ]);
  expect(await answered(200, refund("pi_B", "re_1"))).toEqual(refunded);
  expect(await answered(200, refund("pi_B"))).toEqual(refunded);
  expect(await problemOf(await refund("pi_B", "re_2"))).toBe("409 refunded_otherwise");
  const listed = async (outcome: string) =>
    (await answered(200, api.get(`/v1/orders?paymentOutcome=${outcome}`)))["data"] as { id: string }[];
  expect(await listed("REFUND_DUE")).toEqual([]);
  expect(await listed("REFUNDED")).toEqual([refunded]);
});
