import {
  type Command,
  type Failure,
  fail,
  type Instant,
  mainLocation,
  type OrderId,
  type Product,
  type Quantity,
  type Result,
  reservationIdOf,
  type ShownOrder,
  type Sku,
  type SubjectOf,
  succeed,
} from "@holdfast/domain";
import type { Answer } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { soldOutPrefix } from "../stock/products.ts";
import { serveBenchApp } from "./serve-bench-app.ts";

// The app with an engine that does nothing but answer one canned order. It shows the cost of HTTP, validation and JSON, and so the most that
// any engine behind this app could reach.

const placedAt = Date.now() as Instant;
const orderId = "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" as OrderId;
const price = { amount: 1_999, currency: "EUR" };
const sku = "canned" as Sku;

const product: Product = { sku, version: 1, name: "Canned", price, createdAt: placedAt, initialStock: 0 };

const order: ShownOrder = {
  id: orderId,
  version: 1,
  status: "PENDING_PAYMENT",
  locationId: mainLocation,
  lines: [{ sku, name: product.name, quantity: 1 as Quantity, unitPrice: price }],
  total: price,
  placedAt,
  holdSeconds: 300,
  paymentCounts: {},
  fulfilmentStatus: "NONE",
  payments: [],
  reservation: { id: reservationIdOf(orderId, 1), status: "ACTIVE", expiresAt: (placedAt + 300_000) as Instant },
};

const shortfall: Failure = {
  code: "insufficient_stock",
  shortfalls: [{ sku, locationId: mainLocation, requested: 1, available: 0 }],
};

/**
 * How many answers to send together, as a real engine answers a whole batch. One by one, each answer wakes the client, which costs server
 * and client a third more processor time per request (measured), so that a real engine could come out faster than none. All at the end of
 * a turn of the event loop, server and client would take turns and never work in parallel.
 */
const togetherMax = 8;

let waiting: (() => void)[] = [];

function answerAll(): void {
  const all = waiting;
  waiting = [];
  for (const answer of all) answer();
}

const engine = {
  async submit<C extends Command>(command: C): Promise<Result<Answer<C>, Failure>> {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === togetherMax) answerAll();
      else if (waiting.length === 1) setImmediate(answerAll);
    });
    if (command.type === "PlaceOrder" && command.lines[0]?.sku.startsWith(soldOutPrefix)) return fail(shortfall);
    const subject = command.type === "CreateProduct" ? product : order;
    return succeed({ subject: subject as SubjectOf<C>, replayed: false });
  },
};

const { queries, apiKeys } = await openSqlite({ path: ":memory:" });
await serveBenchApp({ engine, queries: { ...queries, order: async () => order }, apiKeys });
