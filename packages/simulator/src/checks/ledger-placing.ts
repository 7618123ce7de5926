// Part of the oracle: derive nothing here from the domain.
import type { Event, Instant, Order, Sku } from "@holdfast/domain";
import { allocationFaults } from "./allocation-rules.ts";
import type { Ledger } from "./ledger.ts";
import { keyOf, linesOf } from "./ledger-names.ts";
import { availableIn } from "./level-book.ts";
import { buyingFaults } from "./purchase-rules.ts";

export function* place(ledger: Ledger, event: Extract<Event, { type: "OrderPlaced" }>, now: Instant): Iterable<string> {
  const { reservation, claim, allocatedBy, holdSecondsMax } = event.order;
  const lines = linesOf(event.order);
  if (ledger.orders.has(event.orderId)) yield `${event.orderId} was placed twice`;
  yield* replaceFaults(ledger, event.order);
  yield* ledger.products.placeFaults(event.order);
  yield* buyingFaults(ledger.orders, event.order, (sku) => ledger.products.purchaseLimit(sku), ledger.latestTime(now));
  yield* placeFaults(ledger, event.orderId, event.order, (sku) => ledger.products.owesMax(sku));
  yield* ledger.claimed("order", claim);
  const { expiresAt } = reservation;
  const order = {
    status: "PENDING_PAYMENT",
    version: 1,
    placed: ledger.point,
    customerId: event.order.customerId,
    erased: [],
    placedAt: event.order.placedAt,
    expiresAt,
    heldAtMost: holdSecondsMax,
    expiries: [{ at: ledger.point, expiresAt }],
    allocatedBy,
    lines,
    carts: [{ at: ledger.point, version: 1, lines, allocatedBy }],
    reservation: "ACTIVE",
    payments: [],
    shipments: [],
    givenUp: [],
    money: [],
    total: event.order.total.amount,
  } as const;
  ledger.orders.set(event.orderId, order);
  ledger.details.enter(event.orderId, event, 1, ledger.point);
  yield* ledger.products.owedFaults(event.orderId, lines, event.backorders);
  for (const line of lines) {
    const { quantity, backorderedQuantity } = line;
    const owesMax = ledger.products.owesMax(line.sku);
    yield* ledger.levels.owedFaults(event.orderId, keyOf(line), { quantity, backorderedQuantity, owesMax });
    yield* ledger.levels.move(keyOf(line), { change: { reservedStock: quantity }, owesMax }, ledger.point);
  }
}

/** What is wrong with where an order's units are taken from now. */
export function* placeFaults(
  ledger: Ledger,
  about: string,
  order: Pick<Order, "locationId" | "lines" | "allocatedBy">,
  owesMax: (sku: Sku) => number,
): Iterable<string> {
  const lines = linesOf(order);
  const { allocatedBy } = order;
  for (const { locationId } of lines) yield* ledger.locations.moveFaults(about, locationId, true);
  if (new Set(lines.map(keyOf)).size !== lines.length) yield `${about} has two lines of one level`;
  if (allocatedBy === undefined) return;
  yield* allocationFaults(about, allocatedBy, lines, {
    places: ledger.placesToChoose(),
    availableAt: (sku, locationId) => availableIn(ledger.countedAt({ sku, locationId })),
    owesAt: (sku, locationId) => {
      const { version } = ledger.countedAt({ sku, locationId });
      return version > 0 || locationId === "main" ? owesMax(sku) : 0;
    },
  });
}

/** An order that is replaced is the same customer's, and has just ended: at the point before, at its own. */
function* replaceFaults(ledger: Ledger, { id, replaces, customerId }: Order): Iterable<string> {
  if (replaces === undefined) return;
  const replaced = ledger.orders.get(replaces);
  if (replaced?.status !== "CANCELLED" || replaced.cancelledAt !== ledger.point - 1)
    yield `${id} took the place of ${replaces}, which is ${replaced?.status ?? "no order"}`;
  if (replaced?.customerId !== customerId) yield `${id} took the place of another customer's ${replaces}`;
}
