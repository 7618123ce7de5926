// A part of the oracle: what a customer has bought, by the ledger's orders alone. Derive nothing here from the domain.
import type { CustomerId, Instant, Order, OrderId, ProductPolicies, Sku, StockLine } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import { customersBetween, givenUpOf, type LedgerOrder, placedFor, unitsIn } from "./ledger-order.ts";

type Limit = NonNullable<ProductPolicies["purchaseLimit"]>;
type Orders = ReadonlyMap<OrderId, LedgerOrder>;

/** Units of a product that an order counts for its customer now. */
function countedIn(order: LedgerOrder, sku: Sku): number {
  if (order.status !== "PENDING_PAYMENT" && order.status !== "CONFIRMED") return 0;
  const counting = order.lines.filter((line) => line.sku === sku && line.purchaseWindowSeconds !== undefined);
  if (counting.length === 0) return 0;
  const quantity = counting.reduce((sum, line) => sum + line.quantity, 0);
  return quantity - givenUpOf(order, "CANCELLATION", sku) - givenUpOf(order, "RETURN", sku);
}

interface Buying extends Pick<Order, "id"> {
  readonly customerId?: string | undefined;
  readonly lines: readonly StockLine[];
}

/** What is wrong with an order that is placed, or sold late, at an instant. `limitOf`: the limit that a product has now. */
export function* buyingFaults(
  orders: Orders,
  { id, customerId, lines }: Buying,
  limitOf: (sku: Sku) => Limit | undefined,
  now: Instant,
): Iterable<string> {
  for (const sku of new Set(lines.map((line) => line.sku))) {
    const limit = limitOf(sku);
    if (limit === undefined) continue;
    if (customerId === undefined) yield `${id} sells ${sku}, which is limited, to a guest`;
    let units = lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
    for (const [other, order] of orders) {
      const isWithin = order.placedAt + limit.windowSeconds * 1_000 > now;
      if (other === id || order.customerId !== customerId || !isWithin) continue;
      // A window that was made longer does not bring back what had left it before.
      if (!isPast(orders, order, sku)) units += countedIn(order, sku);
    }
    if (units > limit.quantity) yield `${id} gives ${customerId} ${units} ${sku} of at most ${limit.quantity}`;
  }
}

/** What is wrong with what the tables know of purchases. What has left the window of a later order may be forgotten. */
export function* purchaseFaults({ entities: { purchases } }: MemoryTables, orders: Orders): Iterable<string> {
  const known = new Map<string, string>();
  for (const { buyer, bought } of purchases.values()) {
    const [customerId, sku] = JSON.parse(buyer) as [CustomerId, Sku];
    for (const entry of bought.split(" ")) {
      const [id = "", at, units] = entry.split(":");
      const order = orders.get(id as OrderId);
      const due = order?.customerId === customerId ? countedIn(order, sku) : 0;
      if (due === 0 || due !== Number(units) || order?.placedAt !== Number(at))
        yield `${customerId} is said to have ${units} ${sku} of ${id}, and has ${due}`;
      known.set(`${id} ${sku}`, entry);
    }
  }
  for (const [id, order] of orders) {
    for (const { sku } of order.lines) {
      if (countedIn(order, sku) === 0 || known.has(`${id} ${sku}`) || isPast(orders, order, sku)) continue;
      yield `${order.customerId} has ${sku} of ${id}, which does not count`;
    }
  }
}

/** Whether a later order of the customer came when an order had left its window. What is forgotten stays so when its customer is erased. */
function isPast(orders: Orders, order: LedgerOrder, sku: Sku): boolean {
  const { placedAt } = order;
  return [...orders.values()].some(
    (later) =>
      placedFor(later) === placedFor(order) &&
      later.carts.some(({ lines }) =>
        lines.some(
          (line) => line.sku === sku && later.placedAt - (line.purchaseWindowSeconds ?? Infinity) * 1_000 >= placedAt,
        ),
      ),
  );
}

/** The most that a customer may have had of a product at some point between two. */
export function mostBought(orders: Orders, customerId: CustomerId, sku: Sku, from: number, to: number): number {
  let units = 0;
  for (const order of orders.values()) {
    if (!customersBetween(order, from, to).includes(customerId) || order.placed > to) continue;
    const { reservationEnded = Number.POSITIVE_INFINITY, soldFrom } = order;
    if (reservationEnded <= from && soldFrom === undefined) continue;
    // It may have had more of it for a while.
    const quantities = order.carts.map(({ lines }) => unitsIn(lines, sku));
    const quantity = Math.max(0, ...quantities);
    units += quantity - givenUpOf(order, "CANCELLATION", sku, from) - givenUpOf(order, "RETURN", sku, from);
  }
  return units;
}
