import {
  type Adjustment,
  availableStock,
  type Correction,
  type Explanation,
  emptyLevel,
  type Instant,
  type Movement,
  mainLocation,
  type Order,
  type OrderUnits,
  type Payment,
  type Product,
  type Read,
  type Refund,
  type StockFigures,
  type StockLevel,
  Unreadable,
} from "@holdfast/domain";
import type { ApiKeyRecord, ReservationRecord, StockedProduct } from "@holdfast/engine";
import { isoOf } from "./app-parts.ts";

/** Domain entities as the API shows them. Fields are named one by one: nothing internal slips out. */

export function presentUnreadable({ kind, id, reason }: Unreadable) {
  return { unreadable: true as const, kind, id, reason };
}

/** An entity of a list as `present` shows it, or that it cannot be read. */
export function listed<Entity, Shown>(present: (entity: Entity) => Shown) {
  return (read: Read<Entity>) => (read instanceof Unreadable ? presentUnreadable(read) : present(read));
}

export function presentRecords(records: readonly Unreadable[]) {
  return records.map(({ kind, id, reason }) => ({ kind, id, reason }));
}

export function presentProduct({ product, levels }: StockedProduct) {
  const { sku, name, price, createdAt } = product;
  const total = { totalStock: 0, reservedStock: 0, committedStock: 0, safetyStock: 0, availableStock: 0 };
  for (const level of levels) {
    total.totalStock += level.totalStock;
    total.reservedStock += level.reservedStock;
    total.committedStock += level.committedStock;
    total.safetyStock += level.safetyStock;
    total.availableStock += availableStock(level);
  }
  return { sku, name, price, createdAt: isoOf(createdAt), ...total, levels: levels.map(presentLevel) };
}

/** A product as it was right after it was created: also what a replay of its creation answers. */
export function presentNewProduct(product: Product) {
  const { sku, initialStock } = product;
  const empty = emptyLevel(sku, mainLocation);
  const level = initialStock === 0 ? empty : { ...empty, version: 1, totalStock: initialStock };
  return presentProduct({ product, levels: [level] });
}

export function presentLevel(level: StockLevel) {
  const { locationId, version, totalStock, reservedStock, committedStock, safetyStock } = level;
  const available = availableStock(level);
  return { locationId, version, totalStock, reservedStock, committedStock, safetyStock, availableStock: available };
}

export function presentOrder(order: Order) {
  const { id, status, customerId, locationId, lines, total, placedAt, endedAt, reservation, payments } = order;
  return {
    id,
    status,
    ...(customerId === undefined ? {} : { customerId }),
    locationId,
    lines: lines.map(({ sku, name, quantity, unitPrice }) => ({ sku, name, quantity, unitPrice })),
    total,
    placedAt: isoOf(placedAt),
    ...(endedAt === undefined ? {} : { endedAt: isoOf(endedAt) }),
    reservation: { id: reservation.id, status: reservation.status, expiresAt: isoOf(reservation.expiresAt) },
    payments: payments.map(presentPayment),
  };
}

export function presentPayment({ reference, at, outcome, review, refund }: Payment) {
  return {
    ...(reference === undefined ? {} : { reference }),
    at: isoOf(at),
    outcome,
    ...(review === undefined ? {} : { review: { decision: review.decision, at: isoOf(review.at) } }),
    ...(refund === undefined ? {} : { refund: presentRefund(refund) }),
  };
}

function presentRefund({ reference, at }: Refund) {
  return { ...(reference === undefined ? {} : { reference }), at: isoOf(at) };
}

export function presentReservation(record: ReservationRecord) {
  const { id, status, expiresAt, orderId, customerId, locationId, lines } = record;
  return {
    id,
    status,
    expiresAt: isoOf(expiresAt),
    orderId,
    ...(customerId === undefined ? {} : { customerId }),
    locationId,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  };
}

export function presentAdjustment(adjustment: Adjustment) {
  const { id, sku, locationId, delta, reason, reference, actor, at, after } = adjustment;
  return {
    id,
    sku,
    locationId,
    delta,
    reason,
    ...(reference === undefined ? {} : { reference }),
    actor,
    createdAt: isoOf(at),
    level: presentLevel(after),
  };
}

export function presentCorrection(correction: Correction) {
  const { id, sku, locationId, reason, actor, at, change, after } = correction;
  return {
    id,
    sku,
    locationId,
    reason,
    actor,
    createdAt: isoOf(at),
    change: presentFigures(change),
    level: presentLevel(after),
  };
}

export function presentFigures({ totalStock, reservedStock, committedStock }: StockFigures) {
  return { totalStock, reservedStock, committedStock };
}

export function presentExplanation(explanation: Explanation, at: Instant) {
  const { level, adjustments, held, sold, corrections, unexplained, unreadable } = explanation;
  return {
    sku: level.sku,
    at: isoOf(at),
    level: presentLevel(level),
    adjustments: { ...adjustments, newest: adjustments.newest.map(presentAdjustment) },
    held: { ...held, newest: held.newest.map(presentOrderUnits) },
    sold: { ...sold, newest: sold.newest.map(presentOrderUnits) },
    corrections: {
      count: corrections.count,
      sum: presentFigures(corrections.sum),
      newest: corrections.newest.map(presentCorrection),
    },
    unexplained: presentFigures(unexplained),
    complete: unreadable.length === 0,
    unreadable: presentRecords(unreadable),
  };
}

function presentOrderUnits({ orderId, units, placedAt }: OrderUnits) {
  return { orderId, units, placedAt: isoOf(placedAt) };
}

export function presentMovement(movement: Movement) {
  const { at, reason, actor, orderId, adjustmentId, correctionId, reference, change, after } = movement;
  return {
    sku: change.sku,
    at: isoOf(at),
    reason,
    actor,
    ...(orderId === undefined ? {} : { orderId }),
    ...(adjustmentId === undefined ? {} : { adjustmentId }),
    ...(correctionId === undefined ? {} : { correctionId }),
    ...(reference === undefined ? {} : { reference }),
    change: presentFigures(change),
    after: presentLevel(after),
  };
}

/** Without the hash: it opens nothing, and is nobody's business. */
export function presentApiKey({ id, name, scopes, rateLimitPerSecond, createdAt, createdBy, revokedAt }: ApiKeyRecord) {
  return {
    id,
    name,
    scopes: [...scopes],
    ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
    createdAt: isoOf(createdAt),
    createdBy,
    ...(revokedAt === undefined ? {} : { revokedAt: isoOf(revokedAt) }),
  };
}
