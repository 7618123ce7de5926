import { type Instant, mainLocation, type OrderId } from "@holdfast/domain";
import type { OrderFilter } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { anonymous } from "../caller.ts";
import { claimOf } from "../claim-of.ts";
import { listed, presentOrder } from "../present.ts";

export const orderPlace = z.tuple([z.literal("order"), z.string().transform((id) => id as OrderId)]);

export function orderCalls(app: App, { engine, queries, newId, settings }: AppParts): void {
  app.openapi(routes.placeOrder, async (c) => {
    const body = c.req.valid("json");
    const key = c.req.valid("header")["idempotency-key"];
    const result = await engine.submit({
      type: "PlaceOrder",
      actor: c.get("actor"),
      orderId: `ord_${newId()}` as OrderId,
      ...(body.customerId === undefined ? {} : { customerId: body.customerId }),
      locationId: body.locationId ?? mainLocation,
      lines: body.lines,
      holdSeconds: body.holdSeconds ?? settings.holdSeconds,
      bounds: c.get("caller") === anonymous ? settings.holdBounds.open : settings.holdBounds.keyed,
      ...claimOf(c, key, body),
    });
    if (!result.ok) return answerFailure(c, result.failure);
    if (result.value.replayed) c.header("Idempotent-Replayed", "true");
    c.header("Location", `/v1/orders/${result.value.subject.id}`);
    return c.json(presentOrder(result.value.subject), 201);
  });

  app.openapi(routes.listOrders, async (c) => {
    const { limit, cursor, status, customerId, sku, paymentOutcome, from, to } = c.req.valid("query");
    const place = cursor === undefined ? undefined : decodeCursor(cursor, orderPlace);
    if (cursor !== undefined && place === undefined) return answerProblem(c, "invalid_cursor");
    const filter: OrderFilter = {
      ...(status && { statuses: [status] }),
      ...(customerId && { customerId }),
      ...(sku && { sku }),
      ...(paymentOutcome && { unsoldOutcome: paymentOutcome }),
      ...(from && { from: Date.parse(from) as Instant }),
      ...(to && { to: Date.parse(to) as Instant }),
    };
    const page = await queries.orders(filter, { limit: limit + 1, ...(place && { after: place[1] }) });
    const data = page.slice(0, limit);
    const last = data.at(-1);
    const nextCursor = page.length > limit && last ? encodeCursor(["order", last.id]) : null;
    return c.json({ data: data.map(listed(presentOrder)), nextCursor }, 200);
  });

  app.openapi(routes.readOrder, async (c) => {
    const orderId = c.req.valid("param").id;
    const order = await queries.order(orderId);
    if (order === undefined) return answerFailure(c, { code: "order_not_found", orderId });
    return c.json(presentOrder(order), 200);
  });

  app.openapi(routes.confirmOrder, async (c) => {
    const { paymentReference } = c.req.valid("json") ?? {};
    const result = await engine.submit({
      type: "ConfirmOrder",
      actor: c.get("actor"),
      orderId: c.req.valid("param").id,
      ...(paymentReference === undefined ? {} : { paymentReference }),
      latePayment: settings.latePayment,
    });
    if (!result.ok) return answerRefusal(c, result);
    return c.json(presentOrder(result.value.subject), 200);
  });

  app.openapi(routes.cancelOrder, async (c) => {
    const orderId = c.req.valid("param").id;
    const result = await engine.submit({ type: "CancelOrder", actor: c.get("actor"), orderId });
    if (!result.ok) return answerRefusal(c, result);
    return c.json(presentOrder(result.value.subject), 200);
  });

  app.openapi(routes.reviewLatePayment, async (c) => {
    const { decision } = c.req.valid("json");
    const orderId = c.req.valid("param").id;
    const result = await engine.submit({ type: "ReviewLatePayment", actor: c.get("actor"), orderId, decision });
    if (!result.ok) return answerRefusal(c, result);
    return c.json(presentOrder(result.value.subject), 200);
  });

  app.openapi(routes.recordRefund, async (c) => {
    const { paymentReference, refundReference } = c.req.valid("json");
    const result = await engine.submit({
      type: "RecordRefund",
      actor: c.get("actor"),
      orderId: c.req.valid("param").id,
      ...(paymentReference === undefined ? {} : { paymentReference }),
      ...(refundReference === undefined ? {} : { refundReference }),
    });
    if (!result.ok) return answerRefusal(c, result);
    return c.json(presentOrder(result.value.subject), 200);
  });
}
