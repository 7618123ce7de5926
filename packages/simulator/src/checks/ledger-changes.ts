// Part of the oracle: derive nothing here from the domain.
import type { Event, Instant, OrderId, Quantity } from "@holdfast/domain";
import { changedPlacesFaults } from "./changed-places.ts";
import type { Ledger } from "./ledger.ts";
import { keyOf, linesOf, wordsOfLines } from "./ledger-names.ts";
import { type LedgerLine, type LedgerOrder, unitsIn } from "./ledger-order.ts";
import { buyingFaults } from "./purchase-rules.ts";

export function* write(ledger: Ledger, event: Extract<Event, { type: "OrderChanged" }>): Iterable<string> {
  const { orderId, version } = event;
  const order = ledger.orders.get(orderId);
  if (order?.version !== version - 1) yield `version ${version} of ${orderId} follows on ${order?.version}`;
  if (order !== undefined) ledger.orders.set(orderId, { ...order, version });
  ledger.details.enter(orderId, event, version, ledger.point);
}

export function* changeLines(
  ledger: Ledger,
  event: Extract<Event, { type: "OrderLinesChanged" }>,
  now: Instant,
): Iterable<string> {
  const { orderId, version, linesBefore, total, order: after } = event;
  const order = ledger.orders.get(orderId);
  if (order?.reservation !== "ACTIVE") yield `${orderId} got other lines, and is ${order?.status ?? "no order"}`;
  if (order?.version !== version - 1) yield `version ${version} of ${orderId} follows on ${order?.version}`;
  if (order === undefined) return;
  if (now >= order.expiresAt) yield `${orderId} got other lines after it had run out`;
  const lines = linesOf(after);
  const before = wordsOfLines(linesOf({ ...event, lines: linesBefore }));
  if (before !== wordsOfLines(order.lines)) yield `${orderId} had ${wordsOfLines(order.lines)}, and not ${before}`;
  if (wordsOfLines(linesOf(event)) !== wordsOfLines(lines)) yield `${orderId} has ${wordsOfLines(lines)} now`;
  if (new Set(lines.map(keyOf)).size !== lines.length) yield `${orderId} has two lines of one level`;
  yield* sellingFaults(ledger, { id: orderId, order, lines }, now);
  const { allocatedBy } = after;
  yield* changedPlacesFaults(ledger, orderId, order, { lines, allocatedBy });
  const amount = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
  if (total.amount !== amount || after.total.amount !== amount) yield `${orderId} has a wrong total`;
  const carts = [...order.carts, { at: ledger.point, version, lines, allocatedBy }];
  ledger.orders.set(orderId, { ...order, version, lines, allocatedBy, carts, total: amount });
  yield* moveLines(ledger, event, order.lines, lines);
}

interface Changed {
  readonly id: OrderId;
  readonly order: LedgerOrder;
  readonly lines: readonly LedgerLine[];
}

/** What is wrong with the products that an order has more, or fewer, units of. */
function* sellingFaults(ledger: Ledger, { id, order, lines }: Changed, now: Instant): Iterable<string> {
  const { customerId } = order;
  const { products } = ledger;
  const had = new Map(order.lines.map((line) => [line.sku, line]));
  yield* products.sellFaults(
    id,
    lines.filter(({ sku }) => !had.has(sku)),
  );
  for (const { sku, name, unitPrice } of lines) {
    const before = had.get(sku);
    if (before !== undefined && (before.name !== name || before.unitPrice.amount !== unitPrice.amount))
      yield `${id} keeps ${sku} as ${name} for ${unitPrice.amount}, which it was not`;
  }
  const totals = [...new Set(lines.map(({ sku }) => sku))].map((sku) => ({
    sku,
    quantity: unitsIn(lines, sku) as Quantity,
    before: unitsIn(order.lines, sku),
  }));
  yield* products.quantityFaults(
    id,
    totals.filter(({ quantity, before }) => quantity !== before),
  );
  const more = totals.filter(({ quantity, before }) => quantity > before);
  for (const { sku } of more) {
    if (!products.isOnSale(sku)) yield `${id} was sold more ${sku}, which is not on sale`;
  }
  yield* buyingFaults(
    ledger.orders,
    { id, customerId, lines: more },
    (sku) => products.purchaseLimit(sku),
    ledger.latestTime(now),
  );
}

/** Enters what an order has more, and fewer, of at each level. */
function* moveLines(
  ledger: Ledger,
  { orderId, backorders }: Extract<Event, { type: "OrderLinesChanged" }>,
  before: readonly LedgerLine[],
  after: readonly LedgerLine[],
): Iterable<string> {
  const levels = new Map([...before, ...after].map((line) => [keyOf(line), line]));
  for (const [key, { sku, locationId }] of levels) {
    const [held, now] = [before, after].map((lines) => unitsIn(lines, sku, locationId)) as [number, number];
    if (held === now) continue;
    const owesMax = now > held ? ledger.products.owesMax(sku) : 0;
    if (now > held) {
      yield* ledger.locations.moveFaults(orderId, locationId, true);
      yield* ledger.products.owedFaults(orderId, [{ sku }], backorders);
      const { backorderedQuantity } = after.find((line) => keyOf(line) === key) ?? {};
      yield* ledger.levels.owedFaults(orderId, key, { quantity: now, backorderedQuantity, owesMax, held });
    }
    yield* ledger.levels.move(key, { change: { reservedStock: now - held }, owesMax }, ledger.point);
  }
}

export function* erase(
  ledger: Ledger,
  { orderId, customerId }: Extract<Event, { type: "CustomerErased" }>,
): Iterable<string> {
  const order = ledger.orders.get(orderId);
  if (order?.customerId === undefined) yield `${orderId} has no customer to erase`;
  if (order === undefined) return;
  if (order.customerId === customerId) yield `${orderId} was erased to the same customer`;
  const erased = [...order.erased, { at: ledger.point, from: order.customerId, to: customerId }];
  ledger.orders.set(orderId, { ...order, version: order.version + 1, customerId, erased });
}

export function* extend(
  ledger: Ledger,
  { orderId, expiresAt }: Extract<Event, { type: "OrderExtended" }>,
  now: Instant,
): Iterable<string> {
  const order = ledger.orders.get(orderId);
  if (order?.reservation !== "ACTIVE") yield `${orderId} was extended, and is ${order?.status ?? "no order"}`;
  if (order === undefined) return;
  if (now >= order.expiresAt) yield `${orderId} was extended after it had run out`;
  if (expiresAt <= order.expiresAt) yield `${orderId} was extended to an earlier end`;
  const { heldAtMost = Number.POSITIVE_INFINITY } = order;
  if (expiresAt > order.placedAt + heldAtMost * 1_000) yield `${orderId} was extended beyond what its products allow`;
  const expiries = [...order.expiries, { at: ledger.point, expiresAt }];
  ledger.orders.set(orderId, { ...order, version: order.version + 1, expiresAt, expiries });
}
