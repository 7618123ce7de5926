import { reviewDecisions } from "../late-payment.ts";
import { orderStatuses } from "../order.ts";
import { paymentOutcomes } from "../payment.ts";
import { reservationStatuses } from "../reservation.ts";
import {
  isClaimIfThere,
  isFields,
  isInstant,
  isMoney,
  isQuantity,
  isText,
  isTextIfThere,
  mustBeInstant,
  mustBeText,
} from "./field-checks.ts";

const statuses: ReadonlySet<unknown> = new Set(orderStatuses);
const knownReservationStatuses: ReadonlySet<unknown> = new Set(reservationStatuses);
const outcomes: ReadonlySet<unknown> = new Set(paymentOutcomes);
const decisions: ReadonlySet<unknown> = new Set(reviewDecisions);

/** What is wrong with an order, its id apart; `undefined` where nothing is. */
export function orderFault(order: unknown): string | undefined {
  if (!isFields(order)) return "must be an order";
  if (!isQuantity(order["version"])) return "version must be a whole number, 1 or more";
  if (!statuses.has(order["status"])) return "status must be one of those there are";
  if (!isText(order["locationId"])) return `locationId ${mustBeText}`;
  const lines = linesFault(order["lines"], true);
  if (lines !== undefined) return lines;
  if (!isMoney(order["total"])) return "total must be an amount and a currency";
  if (!isInstant(order["placedAt"])) return `placedAt ${mustBeInstant}`;
  if (!isQuantity(order["holdSeconds"])) return "holdSeconds must be a whole number, 1 or more";
  if (!isInstant(order["placedAt"] + order["holdSeconds"] * 1_000))
    return `the end of its first reservation ${mustBeInstant}`;
  return reservationFault(order) ?? restFault(order);
}

/** An order awaits its payment exactly as long as it holds its lines. */
function reservationFault({ status, reservation }: Readonly<Record<string, unknown>>): string | undefined {
  if (!isFields(reservation)) return "reservation must be a reservation";
  if (!isText(reservation["id"]) || !reservation["id"].startsWith("res_"))
    return "reservation.id must be a reservation's id";
  if (!knownReservationStatuses.has(reservation["status"])) return "reservation.status must be one of those there are";
  if (!isInstant(reservation["expiresAt"])) return `reservation.expiresAt ${mustBeInstant}`;
  if ((reservation["status"] === "ACTIVE") === (status === "PENDING_PAYMENT")) return undefined;
  return "status and reservation.status must agree";
}

function restFault(order: Readonly<Record<string, unknown>>): string | undefined {
  if (!isTextIfThere(order["customerId"])) return `customerId ${mustBeText}`;
  if (!isTextIfThere(order["countsAgainst"])) return `countsAgainst ${mustBeText}`;
  if (order["endedAt"] !== undefined && !isInstant(order["endedAt"])) return `endedAt ${mustBeInstant}`;
  if (!isClaimIfThere(order["claim"])) return "claim must be a key and a fingerprint";
  if (!Array.isArray(order["payments"])) return "payments must be a list";
  for (const payment of order["payments"] as readonly unknown[]) {
    const fault = paymentFault(payment);
    if (fault !== undefined) return `payments: ${fault}`;
  }
  return undefined;
}

/** What is wrong with lines; those of an order have a name and a price. */
export function linesFault(lines: unknown, priced: boolean): string | undefined {
  if (!Array.isArray(lines) || lines.length === 0) return "lines must be a list of at least one";
  for (const line of lines as readonly unknown[]) {
    if (!isFields(line)) return "lines must be lines";
    if (!isText(line["sku"])) return `lines: sku ${mustBeText}`;
    if (!isQuantity(line["quantity"])) return "lines: quantity must be a whole number, 1 or more";
    if (!priced) continue;
    if (!isText(line["name"])) return `lines: name ${mustBeText}`;
    if (!isMoney(line["unitPrice"])) return "lines: unitPrice must be an amount and a currency";
  }
  return undefined;
}

/** What is wrong with a payment, wherever it stands. */
export function paymentFault(payment: unknown): string | undefined {
  if (!isFields(payment)) return "must be a payment";
  if (!isTextIfThere(payment["reference"])) return `reference ${mustBeText}`;
  if (!isInstant(payment["at"])) return `at ${mustBeInstant}`;
  if (!outcomes.has(payment["outcome"])) return "outcome must be one of those there are";
  return reviewFault(payment["review"]) ?? refundFault(payment["refund"]);
}

function reviewFault(review: unknown): string | undefined {
  if (review === undefined) return undefined;
  if (!isFields(review) || !decisions.has(review["decision"])) return "review.decision must be one of those there are";
  return isInstant(review["at"]) ? undefined : `review.at ${mustBeInstant}`;
}

function refundFault(refund: unknown): string | undefined {
  if (refund === undefined) return undefined;
  if (!isFields(refund) || !isTextIfThere(refund["reference"])) return `refund.reference ${mustBeText}`;
  return isInstant(refund["at"]) ? undefined : `refund.at ${mustBeInstant}`;
}
