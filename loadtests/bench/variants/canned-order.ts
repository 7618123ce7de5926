import {
  type Instant,
  mainLocation,
  type OrderId,
  type Product,
  type Quantity,
  reservationIdOf,
  type ShownOrder,
  type Sku,
} from "@holdfast/domain";

// The one order that servers without an engine answer. `no-op` and `bare` answer the same bytes.

const placedAt = Date.UTC(2026, 0, 1) as Instant;
const orderId = "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" as OrderId;
const price = { amount: 1_999, currency: "EUR" };
const sku = "canned" as Sku;

export const cannedProduct: Product = {
  sku,
  version: 1,
  name: "Canned",
  price,
  createdAt: placedAt,
  initialStock: 0,
};

export const cannedOrder: ShownOrder = {
  id: orderId,
  version: 1,
  status: "PENDING_PAYMENT",
  locationId: mainLocation,
  lines: [{ sku, name: cannedProduct.name, quantity: 1 as Quantity, unitPrice: price }],
  total: price,
  placedAt,
  holdSeconds: 300,
  paymentCounts: {},
  fulfilmentStatus: "NONE",
  payments: [],
  reservation: { id: reservationIdOf(orderId, 1), status: "ACTIVE", expiresAt: (placedAt + 300_000) as Instant },
};

/** The same as the API shows it. */
export const cannedAnswer = {
  ...cannedOrder,
  locationId: mainLocation,
  lines: cannedOrder.lines.map((line) => ({
    ...line,
    allocations: [{ locationId: mainLocation, quantity: line.quantity }],
  })),
};
