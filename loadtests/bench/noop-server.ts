import {
  type Command,
  type Failure,
  type Instant,
  mainLocation,
  type Order,
  type OrderId,
  type Product,
  type Quantity,
  type Result,
  reservationIdOf,
  type Sku,
  type SubjectOf,
  succeed,
} from "@holdfast/domain";
import type { Answer } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { serveBenchApp } from "./serve-bench-app.ts";

// The app with an engine that does nothing: it answers one canned order at once. What HTTP, validation and JSON cost,
// and so the most that any engine could reach behind this app.

const placedAt = Date.now() as Instant;
const orderId = "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" as OrderId;
const price = { amount: 1_999, currency: "EUR" };
const sku = "canned" as Sku;

const product: Product = { sku, name: "Canned", price, createdAt: placedAt, initialStock: 0 };

const order: Order = {
  id: orderId,
  version: 1,
  status: "PENDING_PAYMENT",
  locationId: mainLocation,
  lines: [{ sku, name: product.name, quantity: 1 as Quantity, unitPrice: price }],
  total: price,
  placedAt,
  holdSeconds: 300,
  reservation: { id: reservationIdOf(orderId, 1), status: "ACTIVE", expiresAt: (placedAt + 300_000) as Instant },
};

const engine = {
  async submit<C extends Command>(command: C): Promise<Result<Answer<C>, Failure>> {
    const subject = command.type === "CreateProduct" ? product : order;
    return succeed({ subject: subject as SubjectOf<C>, replayed: false });
  },
};

const { queries, apiKeys } = openSqlite({ path: ":memory:" });
await serveBenchApp({ engine, queries, apiKeys });
