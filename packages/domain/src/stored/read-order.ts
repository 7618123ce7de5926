import { allocationPolicies } from "../allocation.ts";
import { limits } from "../limits.ts";
import { fulfilmentStatuses, orderStatuses } from "../order.ts";
import { isMetadataIfThere } from "../order-details.ts";
import { paymentOutcomes } from "../payment.ts";
import { reservationStatuses } from "../reservation.ts";
import {
  type Fields,
  isClaimIfThere,
  isCount,
  isFields,
  isInstant,
  isMoney,
  isQuantity,
  isText,
  isTextIfThere,
  mustBeCount,
  mustBeInstant,
  mustBeText,
} from "./field-checks.ts";

const statuses: ReadonlySet<unknown> = new Set(orderStatuses);
const knownReservationStatuses: ReadonlySet<unknown> = new Set(reservationStatuses);
const knownFulfilmentStatuses: ReadonlySet<unknown> = new Set(fulfilmentStatuses);
const knownPolicies: ReadonlySet<unknown> = new Set(allocationPolicies);
const outcomes: ReadonlySet<unknown> = new Set(paymentOutcomes);

/** What is wrong with an order, its id apart; `undefined` where nothing is. */
export function orderFault(order: unknown): string | undefined {
  if (!isFields(order)) return "must be an order";
  if (!isQuantity(order["version"])) return "version must be a whole number, 1 or more";
  if (!statuses.has(order["status"])) return "status must be one of those there are";
  const lines = placesFault(order) ?? linesFault(order["lines"], true);
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
  if (!isTextIfThere(order["replaces"])) return `replaces ${mustBeText}`;
  const details = detailsFault(order);
  if (details !== undefined) return details;
  if (order["endedAt"] !== undefined && !isInstant(order["endedAt"])) return `endedAt ${mustBeInstant}`;
  if (order["extendedTo"] !== undefined && !isInstant(order["extendedTo"])) return `extendedTo ${mustBeInstant}`;
  const { fulfilmentStatus, allocatedBy, firstPlaces } = order;
  if (allocatedBy !== undefined && !knownPolicies.has(allocatedBy)) return "allocatedBy must be one of those there are";
  if (firstPlaces !== undefined) {
    if (!isFields(firstPlaces)) return "firstPlaces must be lines at their places";
    const fault = placesFault(firstPlaces) ?? linesFault(firstPlaces["lines"], true);
    if (fault !== undefined) return `firstPlaces: ${fault}`;
  }
  if (fulfilmentStatus !== undefined && !knownFulfilmentStatuses.has(fulfilmentStatus))
    return "fulfilmentStatus must be one of those there are";
  const { holdSecondsMax } = order;
  if (holdSecondsMax !== undefined && !isQuantity(holdSecondsMax))
    return "holdSecondsMax must be a whole number, 1 or more";
  const { refundDue = 0, refunded = 0 } = order;
  if (!isCount(refundDue) || !isCount(refunded)) return `refundDue and refunded ${mustBeCount}`;
  if (!isClaimIfThere(order["claim"])) return "claim must be a key and a fingerprint";
  return countsFault(order["paymentCounts"]);
}

/** What is wrong with the details of an order, as they are and as it was placed with them. */
function detailsFault(order: Fields): string | undefined {
  const { first } = order;
  if (first === undefined) return detailFault(order);
  if (!isFields(first)) return "first must be what it was placed with";
  const { details = {}, cart } = first;
  if (cart !== undefined) {
    if (!isFields(cart) || !isMoney(cart["total"])) return "first.cart must be lines and their total";
    if (!isTextIfThere(cart["locationId"])) return `first.cart: locationId ${mustBeText}`;
    const lines = linesFault(cart["lines"], true);
    if (lines !== undefined) return `first.cart: ${lines}`;
  }
  if (!isFields(details)) return "first.details must be details";
  return detailFault(order) ?? detailFault(details);
}

function detailFault({ reference, metadata }: Fields): string | undefined {
  if (!isTextIfThere(reference)) return `reference ${mustBeText}`;
  return isMetadataIfThere(metadata) ? undefined : "metadata must be texts by name";
}

function countsFault(counts: unknown): string | undefined {
  if (!isFields(counts)) return "paymentCounts must be counts";
  let count = 0;
  for (const outcome in counts) {
    const some = counts[outcome];
    if (!outcomes.has(outcome)) return "paymentCounts: outcomes must be among those there are";
    if (!isQuantity(some)) return "paymentCounts: counts must be whole numbers, 1 or more";
    count += some;
  }
  // Each of them is looked up: more than an order can have is a slip, and not a list to go through.
  return count <= limits.paymentsPerOrderMax ? undefined : "paymentCounts must be no more than an order can have";
}

/** What is wrong with where lines are at: at one place, or each at its own. */
export function placesFault({ locationId, lines }: Readonly<Record<string, unknown>>): string | undefined {
  if (isText(locationId)) return undefined;
  const isApart =
    locationId === undefined &&
    Array.isArray(lines) &&
    lines.every((line: unknown) => isFields(line) && isText(line["locationId"]));
  return isApart ? undefined : `locationId ${mustBeText}`;
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
    const { backorderedQuantity, purchaseWindowSeconds } = line;
    if (purchaseWindowSeconds !== undefined && !isQuantity(purchaseWindowSeconds))
      return "lines: purchaseWindowSeconds must be a whole number, 1 or more";
    if (backorderedQuantity !== undefined && !isCount(backorderedQuantity))
      return `lines: backorderedQuantity ${mustBeCount}`;
    if (line["releaseAt"] !== undefined && !isInstant(line["releaseAt"])) return `lines: releaseAt ${mustBeInstant}`;
    const { quantity, fulfilledQuantity = 0, cancelledQuantity = 0, returnedQuantity = 0 } = line;
    const counted = isCount(fulfilledQuantity) && isCount(cancelledQuantity) && isCount(returnedQuantity);
    if (!counted || fulfilledQuantity + cancelledQuantity > quantity || returnedQuantity > fulfilledQuantity)
      return "lines: what has left, was cancelled and came back must be whole numbers that fit quantity";
  }
  return undefined;
}
