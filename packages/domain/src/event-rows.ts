import { allowing } from "./backorder.ts";
import { assert } from "./bug.ts";
import { lineDifferences } from "./changed-lines.ts";
import { declarationOf, type EntityName, type entities, entityNames } from "./entities.ts";
import type { EventRow } from "./event-row.ts";
import type {
  CustomerErased,
  Event,
  EventOf,
  ExpiredOrderCancelled,
  LatePaymentAccepted,
  LatePaymentApproved,
  LatePaymentReferred,
  LatePaymentRefused,
  LatePaymentRejected,
  OrderCancelled,
  OrderChanged,
  OrderConfirmed,
  OrderExpired,
  OrderExtended,
  OrderLinesChanged,
  OrderPlaced,
  PaymentRefunded,
  SurplusPaymentRecorded,
} from "./events.ts";
import { lineChangeOf } from "./line-change.ts";
import { orderStatuses } from "./order.ts";
import { isMetadataIfThere } from "./order-details.ts";
import { moveLines, orderEventFault, orderStep } from "./order-steps.ts";
import {
  type Fields,
  isClaimIfThere,
  isInstant,
  isMoney,
  isQuantity,
  isText,
  isTextIfThere,
  mustBeInstant,
  mustBeText,
} from "./stored/field-checks.ts";
import { linesFault, placesFault } from "./stored/read-order.ts";

const orderPlaced: EventRow<OrderPlaced, "order"> = {
  leftOut: "order",
  reservation: "begins",
  changes: ({ orders }, { order }) => {
    assert(!orders.has(order.id), `${order.id} was placed twice`);
    return { orders: [order] };
  },
  moves: (event) => allowing(moveLines(event, { reservedStock: 1 }), event.backorders),
  cause: ({ actor, orderId }) => ({ reason: "order_placed", actor, orderId }),
  fault: (record) => orderEventFault(record) ?? metadataFault(record),
};

const orderChanged: EventRow<OrderChanged, "order"> = {
  leftOut: "order",
  changes: ({ orders }, { orderId, order }) => {
    const before = orders.get(orderId);
    assert(before?.version === order.version - 1, `${orderId} follows on no version ${order.version - 1}`);
    return { orders: [order] };
  },
  moves: () => [],
  cause: ({ actor, orderId }) => ({ reason: "order_changed", actor, orderId }),
  fault: (record) => {
    if (!isQuantity(record["version"])) return "version must be a whole number, 1 or more";
    return orderEventFault(record) ?? metadataFault(record);
  },
};

const orderLinesChanged: EventRow<OrderLinesChanged, "order"> = {
  leftOut: "order",
  reservation: "changes",
  changes: ({ orders }, { orderId, order, claim }) => {
    const before = orders.get(orderId);
    assert(before?.status === "PENDING_PAYMENT", `OrderLinesChanged: ${orderId} is ${before?.status ?? "no order"}`);
    assert(before.version === order.version - 1, `${orderId} follows on no version ${order.version - 1}`);
    return { orders: [order], ...(claim && { lineChanges: [lineChangeOf(order, claim)] }) };
  },
  moves: ({ linesBefore, ...event }) =>
    allowing(
      lineDifferences({ ...event, lines: linesBefore }, event).map(({ sku, locationId, units }) => ({
        sku,
        locationId,
        totalStock: 0,
        reservedStock: units,
        committedStock: 0,
      })),
      event.backorders,
    ),
  cause: ({ actor, orderId }) => ({ reason: "order_lines_changed", actor, orderId }),
  fault: (record) => {
    if (!isQuantity(record["version"])) return "version must be a whole number, 1 or more";
    if (!isMoney(record["total"])) return "total must be an amount and a currency";
    if (!isClaimIfThere(record["claim"])) return "claim must be a key and a fingerprint";
    const { locationId, linesBefore } = record;
    return orderEventFault(record) ?? placesFault({ locationId, lines: linesBefore }) ?? linesFault(linesBefore, false);
  },
};

function metadataFault(record: Fields): string | undefined {
  return isMetadataIfThere(record["metadata"]) ? undefined : "metadata must be texts by name";
}

const orderExtended: EventRow<OrderExtended> = {
  reservation: "changes",
  changes: ({ orders }, { orderId, expiresAt }) => {
    const order = orders.get(orderId);
    assert(order?.status === "PENDING_PAYMENT", `OrderExtended: ${orderId} is ${order?.status ?? "no order"}`);
    const { version, reservation } = order;
    assert(expiresAt > reservation.expiresAt, `OrderExtended: ${orderId} is held longer`);
    const extended = { ...reservation, expiresAt };
    return { orders: [{ ...order, version: version + 1, reservation: extended, extendedTo: expiresAt }] };
  },
  moves: () => [],
  cause: ({ actor, orderId }) => ({ reason: "order_extended", actor, orderId }),
  fault: (record) => {
    if (!isInstant(record["expiresAt"])) return `expiresAt ${mustBeInstant}`;
    return isTextIfThere(record["paymentReference"]) ? orderEventFault(record) : `paymentReference ${mustBeText}`;
  },
};

const customerErased: EventRow<CustomerErased> = {
  // What the cache knows of a live one has the id.
  reservation: "changes",
  changes: ({ orders }, { orderId, customerId }) => {
    const order = orders.get(orderId);
    assert(order?.customerId !== undefined, `CustomerErased: ${orderId} has no customer`);
    return { orders: [{ ...order, version: order.version + 1, customerId }] };
  },
  moves: () => [],
  cause: ({ actor, orderId }) => ({ reason: "customer_erased", actor, orderId }),
  fault: (record) => (isText(record["customerId"]) ? orderEventFault(record) : `customerId ${mustBeText}`),
};

/** Of each event of an order: the states that it leads from and to, the counters that it moves, and its reason in the ledger. */
const orderRows = {
  OrderPlaced: orderPlaced,
  OrderChanged: orderChanged,
  OrderLinesChanged: orderLinesChanged,
  OrderExtended: orderExtended,
  CustomerErased: customerErased,
  OrderConfirmed: orderStep<OrderConfirmed>({
    reason: "order_confirmed",
    from: ["PENDING_PAYMENT"],
    to: "CONFIRMED",
    perUnit: { reservedStock: -1, committedStock: 1 },
    reservation: "CONFIRMED",
    payment: { to: "ON_TIME" },
    ends: true,
  }),
  OrderCancelled: orderStep<OrderCancelled>({
    reason: "order_cancelled",
    from: ["PENDING_PAYMENT"],
    to: "CANCELLED",
    perUnit: { reservedStock: -1 },
    reservation: "CANCELLED",
    at: true,
    ends: true,
  }),
  OrderExpired: orderStep<OrderExpired>({
    reason: "order_expired",
    from: ["PENDING_PAYMENT"],
    to: "EXPIRED",
    perUnit: { reservedStock: -1 },
    reservation: "EXPIRED",
    at: true,
    ends: true,
  }),
  LatePaymentAccepted: orderStep<LatePaymentAccepted>({
    reason: "late_payment_accepted",
    from: ["EXPIRED"],
    to: "CONFIRMED",
    perUnit: { committedStock: 1 },
    reservation: "AGAIN",
    payment: { to: "REHELD" },
    ends: true,
  }),
  LatePaymentRefused: orderStep<LatePaymentRefused>({
    reason: "late_payment_refused",
    from: ["EXPIRED"],
    to: "FAILED",
    payment: { to: "REFUND_DUE" },
  }),
  LatePaymentReferred: orderStep<LatePaymentReferred>({
    reason: "late_payment_referred",
    from: ["EXPIRED"],
    to: "FAILED",
    payment: { to: "REVIEW_DUE" },
  }),
  LatePaymentApproved: orderStep<LatePaymentApproved>({
    reason: "late_payment_approved",
    from: ["FAILED"],
    to: "CONFIRMED",
    perUnit: { committedStock: 1 },
    reservation: "AGAIN",
    payment: { from: "REVIEW_DUE", to: "REHELD" },
    at: true,
    ends: true,
  }),
  LatePaymentRejected: orderStep<LatePaymentRejected>({
    reason: "late_payment_rejected",
    from: ["FAILED"],
    payment: { from: "REVIEW_DUE", to: "REFUND_DUE" },
  }),
  // Its hold stays EXPIRED: it has given its units back already.
  ExpiredOrderCancelled: orderStep<ExpiredOrderCancelled>({
    reason: "expired_order_cancelled",
    from: ["EXPIRED"],
    to: "CANCELLED",
    at: true,
    ends: true,
  }),
  SurplusPaymentRecorded: orderStep<SurplusPaymentRecorded>({
    reason: "surplus_payment_recorded",
    from: ["CONFIRMED", "CANCELLED", "FAILED"],
    payment: { to: "REFUND_DUE" },
  }),
  PaymentRefunded: orderStep<PaymentRefunded>({
    reason: "payment_refunded",
    from: orderStatuses,
    payment: { from: "REFUND_DUE", to: "REFUNDED" },
  }),
};

/** Rows by the type of their event: those of orders, and those that stand in other entities' declarations. */
export type EventRows = typeof orderRows & Merged<Declared<(typeof entities)[EntityName]>>;

type Declared<Declaration> = Declaration extends { readonly events: infer Rows } ? Rows : never;

type Merged<Rows> = {
  readonly [T in Rows extends object ? keyof Rows : never]: Rows extends { readonly [K in T]: infer Row } ? Row : never;
};

/** The whole bookkeeping of Holdfast. */
export const eventRows: EventRows = Object.assign(
  { ...orderRows },
  ...entityNames.map((name) => declarationOf(name).events ?? {}),
);

/** Each row stands under the type of its event. */
type ByType = { readonly [T in keyof EventRows]: EventOf<EventRows[T]>["type"] extends T ? object : never };

/** An event as the journal keeps it: without what its entity's own record says anyway. */
export type JournalRecord = {
  [T in Event["type"]]: EventRows[T] extends EventRow<infer E, infer LeftOut> ? Omit<E, LeftOut> : never;
}[Event["type"]];

/** The row of an event, or of its record in the journal; of a record only what the journal keeps may be asked. */
export function rowOf({ type }: Pick<Event, "type">): EventRow<Event> {
  const row: unknown = (eventRows satisfies ByType)[type];
  assert(row !== undefined, `there is no event ${type}`);
  return row as EventRow<Event>;
}
