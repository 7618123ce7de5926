import type { Failure, Order, PlaceOrder, Sku } from "@holdfast/domain";
import type { Reply } from "../people/reply.ts";
import { type Told, unexpected, type Witness } from "./witness.ts";

/** What is wrong with a reply to a checkout. */
export function* placedFaults(witness: Witness, told: Told<PlaceOrder>): Iterable<string> {
  const { command, reply } = told;
  if (reply.kind === "ok") yield* acknowledgedFaults(witness, command, reply);
  else if (reply.kind === "refused") yield* refusedFaults(witness, told, reply.failure);
  else if (reply.kind === "not_written") {
    if (witness.tables.entities.orders.has(command.orderId)) yield `${command.orderId} was called not written, and is`;
  } else yield* unexpected("PlaceOrder", reply);
}

/** The order is there, as it was asked for and as it was told. */
function* acknowledgedFaults(
  witness: Witness,
  command: PlaceOrder,
  reply: Extract<Reply, { kind: "ok" }>,
): Iterable<string> {
  const { orderId, claim } = command;
  yield* witness.sameForKey("order", claim?.key, reply);
  const told = reply.subject as Order;
  const kept = witness.tables.entities.orders.get(told.id);
  if (kept === undefined) {
    yield `${orderId} was acknowledged and is not there`;
    return;
  }
  if (!reply.replayed && told.id !== orderId) yield `${orderId} was answered with ${told.id}`;
  if (told.version !== 1 || told.status !== "PENDING_PAYMENT") yield `${orderId} is told as it is later`;
  for (const order of [told, kept]) {
    if (contentOf(order) !== contentOf(command)) yield `${orderId} is not what was asked for`;
    const amount = order.lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
    if (order.total.amount !== amount) yield `${orderId} has a wrong total`;
  }
}

/** The reason was true at some point between the request and its reply. */
function* refusedFaults(witness: Witness, { command, from, to }: Told<PlaceOrder>, failure: Failure): Iterable<string> {
  const { orderId, claim } = command;
  const units = unitsOf(command);
  switch (failure.code) {
    case "insufficient_stock":
      for (const { sku, locationId, requested, available } of failure.shortfalls) {
        const short = available < requested && witness.had(sku, locationId, available, from, to);
        if (units.get(sku) !== requested || !short) yield `${orderId} was told a false sold-out of ${sku}`;
      }
      if (failure.shortfalls.length === 0) yield `${orderId} was told a sold-out of nothing`;
      return;
    case "hold_limit_exceeded": {
      const { holder, requested, held, unitsMax } = failure;
      const who = holder === "customer" ? `customer:${command.customerId}` : `key:${command.actor}`;
      const asked = [...units.values()].reduce((sum, quantity) => sum + quantity, 0);
      const over = requested === asked && held + requested > unitsMax;
      if (!over || !witness.wasBound(who, unitsMax, held, from, to)) yield `${orderId} got a false bound of ${who}`;
      return;
    }
    case "currency_mismatch": {
      const currencies = new Set(
        [...units.keys()].map((sku) => witness.tables.entities.products.get(sku)?.price.currency),
      );
      if (currencies.size < 2) yield `${orderId} was told of currencies that it does not mix`;
      return;
    }
    case "idempotency_key_reused": {
      const made = witness.tables.entities.orders.get(witness.tables.claims.orders.get(claim?.key ?? "") ?? orderId);
      if (made === undefined || made.claim?.fingerprint === claim?.fingerprint) {
        yield `${orderId} was told that its key had been used with another body`;
      }
      return;
    }
    default:
      yield* unexpected("PlaceOrder", { kind: "refused", failure });
  }
}

function contentOf(order: Pick<PlaceOrder, "lines" | "locationId" | "holdSeconds">): string {
  return JSON.stringify([order.locationId, order.holdSeconds, [...unitsOf(order)]]);
}

/** Units per SKU, in order of first mention. */
function unitsOf({ lines }: Pick<PlaceOrder, "lines">): Map<Sku, number> {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}
