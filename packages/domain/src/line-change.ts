import { allocationPolicies } from "./allocation.ts";
import type { Claim } from "./claim.ts";
import { entity } from "./entity-declaration.ts";
import { type Instant, type OrderId, reservationIdOf } from "./ids.ts";
import type { Order } from "./order.ts";
import { detailsOf, isMetadataIfThere, type OrderDetails } from "./order-details.ts";
import type { ShownOrder } from "./shown-order.ts";
import { linesFault, placesFault } from "./stored/read-order.ts";
import {
  claimIfThere,
  faultOf,
  ifThere,
  instant,
  money,
  oneOf,
  quantity,
  text,
  textIfThere,
} from "./stored/record-checks.ts";

/**
 * What an order was right after its lines were changed under an idempotency key: a replay answers it. Never edited, and made only where there
 * is a key. Whose order it is stays with the order alone, so that an erased customer is not here.
 */
export interface LineChange extends OrderDetails, Pick<Order, "locationId" | "lines" | "allocatedBy" | "total"> {
  /** `<order id>-<version>`. */
  readonly id: string;
  readonly orderId: OrderId;
  /** The one that the order had with it. */
  readonly version: number;
  /** When its reservation was to end. */
  readonly expiresAt: Instant;
  readonly claim?: Claim;
}

/** The record of a change that has just led to `order`. */
export function lineChangeOf(order: Order, claim: Claim): LineChange {
  const { id: orderId, version, locationId, lines, allocatedBy, total, reservation } = order;
  return {
    id: `${orderId}-${version}`,
    orderId,
    version,
    ...(locationId !== undefined && { locationId }),
    lines,
    ...(allocatedBy !== undefined && { allocatedBy }),
    total,
    expiresAt: reservation.expiresAt,
    ...detailsOf(order),
    claim,
  };
}

/** An order as it was right after a change, whatever it is now: what the change answers, and each replay of it. */
export function asChanged(order: Order, change: LineChange): ShownOrder {
  const { id, customerId, placedAt, holdSeconds, holdSecondsMax, replaces, claim, countsAgainst } = order;
  const { version, locationId, lines, allocatedBy, total, expiresAt } = change;
  return {
    id,
    version,
    status: "PENDING_PAYMENT",
    ...(customerId !== undefined && { customerId }),
    ...(locationId !== undefined && { locationId }),
    lines,
    ...(allocatedBy !== undefined && { allocatedBy }),
    total,
    placedAt,
    holdSeconds,
    ...(holdSecondsMax !== undefined && { holdSecondsMax }),
    paymentCounts: {},
    reservation: { id: reservationIdOf(id, 1), status: "ACTIVE", expiresAt },
    ...(replaces !== undefined && { replaces }),
    ...(claim && { claim }),
    ...(countsAgainst !== undefined && { countsAgainst }),
    ...detailsOf(change),
    fulfilmentStatus: "NONE",
    payments: [],
  };
}

const fault = faultOf<Omit<LineChange, "locationId">>("a change of lines", {
  id: text,
  orderId: text,
  version: quantity,
  lines: (value) => linesFault(value, true),
  allocatedBy: ifThere(oneOf(...allocationPolicies)),
  total: money,
  expiresAt: instant,
  reference: textIfThere,
  metadata: (value, field) => (isMetadataIfThere(value) ? undefined : `${field} must be texts by name`),
  claim: claimIfThere,
});

export const lineChanges = entity<LineChange>()({
  kind: "line_change",
  key: ["id"],
  guards: [],
  fault: (stored) => fault(stored) ?? placesFault(stored as never),
  searched: {},
  searchedParts: {},
});
