import { unreachable } from "@holdfast/domain";
import type { PlacedEvent, ReadableEvent } from "@holdfast/engine";
import { isoOf } from "./app-parts.ts";
import { presentFigures, presentLevel, presentPayment } from "./present.ts";

/** An event as the feed shows it. Fields are named one by one: nothing internal slips out. */
export function presentEvent(event: PlacedEvent) {
  if ("record" in event) return presentReadable(event);
  const { kind, id, reason } = event.unreadable;
  return { type: "Unreadable" as const, ...event.place, kind, id, reason };
}

function presentReadable({ place, at, record }: ReadableEvent) {
  const any = { ...place, at: isoOf(at), actor: record.actor };
  switch (record.type) {
    case "ProductCreated":
      return { type: record.type, ...any, sku: record.sku };
    case "StockAdjusted": {
      const { id, sku, locationId, delta, reason, reference, after } = record.adjustment;
      const about = { adjustmentId: id, sku, locationId, delta, reason };
      const level = presentLevel(after);
      return { type: record.type, ...any, ...about, ...(reference === undefined ? {} : { reference }), level };
    }
    case "OrderPlaced":
    case "OrderCancelled":
    case "OrderExpired":
    case "ExpiredOrderCancelled":
      return { type: record.type, ...any, ...about(record) };
    case "OrderConfirmed":
    case "LatePaymentAccepted":
    case "LatePaymentRefused":
    case "LatePaymentReferred":
    case "LatePaymentApproved":
    case "LatePaymentRejected":
    case "SurplusPaymentRecorded":
    case "PaymentRefunded":
      return { type: record.type, ...any, ...about(record), payment: presentPayment(record.payment) };
    case "StockCorrected": {
      const { id, sku, locationId, reason, change, after } = record.correction;
      const about = { correctionId: id, sku, locationId, reason };
      return { type: record.type, ...any, ...about, change: presentFigures(change), level: presentLevel(after) };
    }
    default:
      return unreachable(record);
  }
}

type OrderRecord = Extract<ReadableEvent["record"], { readonly orderId: unknown }>;

function about({ orderId, locationId, lines }: OrderRecord) {
  return { orderId, locationId, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
}
