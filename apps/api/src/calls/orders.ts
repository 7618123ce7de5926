import type { FulfilmentId, Instant, MetadataEntry, OrderId, ShownOrder } from "@holdfast/domain";
import type { OrderFilter } from "@holdfast/engine";
import { orderSchema, routes } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem, answerRefusal } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { anonymous, type Caller } from "../caller.ts";
import { orderView } from "../order-view.ts";
import type { ShortageDetails } from "../shortage-details.ts";
import { versionIn } from "../version-in-tag.ts";
import { shoppersOrderView } from "../views.ts";
import { claimOf, commandCalls } from "./command-call.ts";
import { cartRefusal, isOwnOrder, strangerRefusal, tokenMissing, unitsRefusal, withToken } from "./shopper-orders.ts";

/** A place in a list of orders, newest first. */
export const orderPlace = z.tuple([z.literal("order"), z.string()]).transform(([, id]) => id as OrderId);

const asSeenBy = (order: ShownOrder, { isStorefront }: Pick<Caller, "isStorefront">) =>
  orderView(isStorefront ? shoppersOrderView(order) : order);

export function orderCalls(app: App, parts: AppParts, shortages: ShortageDetails): void {
  const { engine, queries, newId, settings } = parts;
  const commandCall = commandCalls(app, { ...parts, shortages });
  /** Where sold goods count as shipped: the fulfilment that a sale makes. */
  const atOnce = () => (settings.fulfilOn === "confirm" ? { fulfilmentId: `ful_${newId()}` as FulfilmentId } : {});

  const boundsFor = (caller: Caller) =>
    caller === anonymous ? settings.reservationBounds.open : settings.reservationBounds.keyed;

  commandCall(
    routes.placeOrder,
    "PlaceOrder",
    ({ body, query, caller }) => ({
      orderId: `ord_${newId()}` as OrderId,
      holdSeconds: settings.holdSeconds,
      ...(body.holdSeconds === undefined && { isUsualHold: true }),
      holdSecondsMax: settings.holdSecondsMax,
      bounds: boundsFor(caller),
      allocateBy: settings.allocateBy,
      ...body,
      ...(query.dryRun === "true" && { dryRun: true }),
    }),
    (order, { isStorefront }, isDryRun) => orderView(isStorefront && !isDryRun ? withToken(order) : order),
    ({ id }) => `/v1/orders/${id}`,
    async (c, { body }) =>
      cartRefusal(c, body, settings) ?? (body.replaces && (await strangerRefusal(c, queries, body.replaces))),
  );

  app.openapi(routes.listOrders, async (c) => {
    const { limit, cursor, ...asked } = c.req.valid("query");
    const filter = filterOf(asked);
    const paging = { limit, ...(cursor !== undefined && { cursor }) };
    const page = await readPage(paging, {
      place: orderPlace,
      read: (each) => queries.orders(filter, each),
      placeOf: ({ id }) => ["order", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    const items = page.items.map((found) => ("unreadable" in found ? found.unreadable : found));
    return answerPage(c, routes.listOrders, { ...page, items }, orderView);
  });

  app.openapi(routes.readOrder, async (c) => {
    const orderId = c.req.valid("param").id;
    const token = c.req.valid("header")["order-token"];
    const caller = c.get("caller");
    if (caller.isStorefront && token === undefined) return tokenMissing(c);
    const order = await queries.order(orderId);
    if (order === undefined || (caller.isStorefront && !isOwnOrder(order, caller, token ?? "")))
      return answerFailure(c, { code: "order_not_found", orderId });
    return answerTagged(c, orderSchema, asSeenBy(order, caller), order.version);
  });

  app.openapi(routes.changeOrder, async (c) => {
    const orderId = c.req.valid("param").id;
    const { reference, metadata } = c.req.valid("json");
    const result = await engine.submit({
      type: "ChangeOrder",
      actor: c.get("actor"),
      orderId,
      ...(reference !== undefined && { reference }),
      ...(metadata !== undefined && { metadata }),
      ...versionIn(c.req.valid("header")["if-match"]),
    });
    if (!result.ok) return answerRefusal(c, result);
    const { subject } = result.value;
    return answerTagged(c, orderSchema, orderView(subject), subject.version);
  });

  app.openapi(routes.changeLines, async (c) => {
    const orderId = c.req.valid("param").id;
    const caller = c.get("caller");
    const { lines } = c.req.valid("json");
    if (caller.isStorefront) {
      const refusal = unitsRefusal(c, lines, settings) ?? (await strangerRefusal(c, queries, orderId));
      if (refusal !== undefined) return refusal as ReturnType<typeof answerProblem>;
    }
    const { "if-match": ifMatch, "idempotency-key": key } = c.req.valid("header");
    const result = await engine.submit({
      type: "ChangeLines",
      actor: c.get("actor"),
      orderId,
      lines,
      bounds: boundsFor(caller),
      ...versionIn(ifMatch),
      // A storefront's request without one has no secret to keep here: its order has a token already.
      ...(key !== undefined && claimOf(c, key, { orderId, lines })),
    });
    if (!result.ok) {
      const { failure } = result;
      return answerRefusal(c, result, "shortfalls" in failure ? await shortages.of(failure.shortfalls) : []);
    }
    const { subject, replayed } = result.value;
    const again = replayed ? { "Idempotent-Replayed": "true" } : {};
    return answerTagged(c, orderSchema, asSeenBy(subject, caller), subject.version, again);
  });

  commandCall(
    routes.confirmOrder,
    "ConfirmOrder",
    ({ param, body }) => ({ orderId: param.id, latePayment: settings.latePayment, ...atOnce(), ...body }),
    orderView,
  );
  commandCall(
    routes.cancelOrder,
    "CancelOrder",
    ({ param }) => ({ orderId: param.id }),
    asSeenBy,
    undefined,
    (c, { param }) => strangerRefusal(c, queries, param.id),
  );
  commandCall(
    routes.extendOrder,
    "ExtendOrder",
    ({ param, body }) => ({
      orderId: param.id,
      extendFor: settings.extendFor,
      holdSecondsMax: settings.holdSecondsMax,
      ...body,
    }),
    orderView,
  );
  commandCall(
    routes.reviewLatePayment,
    "ReviewLatePayment",
    ({ param, body }) => ({ orderId: param.id, ...atOnce(), ...body }),
    orderView,
  );
  commandCall(routes.recordRefund, "RecordRefund", ({ param, body }) => ({ orderId: param.id, ...body }), orderView);
}

type Asked = Omit<z.output<typeof routes.listOrders.request.query>, "limit" | "cursor">;

function filterOf(asked: Asked): OrderFilter {
  const { status, customerId, sku, reference, paymentReference, metadata, paymentOutcome, from, to } = asked;
  return {
    ...(status && { statuses: [status] }),
    ...(customerId && { customerId }),
    ...(sku && { sku }),
    ...(reference && { reference }),
    ...(paymentReference && { paymentReference }),
    ...(metadata && { metadata: entryIn(metadata) }),
    ...(paymentOutcome && { unsoldOutcome: paymentOutcome }),
    ...(from && { from: Date.parse(from) as Instant }),
    ...(to && { to: Date.parse(to) as Instant }),
  };
}

/** An entry of metadata, from `name:value`. No name has a colon. */
function entryIn(text: string): MetadataEntry {
  const colon = text.indexOf(":");
  return { name: text.slice(0, colon), value: text.slice(colon + 1) };
}
