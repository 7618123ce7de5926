// Part of the oracle: derive nothing here from the domain.
import type { Event, Instant, LocationId, Sku, StockLine } from "@holdfast/domain";
import type { Ledger } from "./ledger.ts";
import { keyOf } from "./ledger-names.ts";
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
  const { lines } = after;
  const wordsOf = (all: readonly StockLine[]) => all.map(({ sku, quantity }) => `${quantity} ${sku}`).join();
  if (wordsOf(linesBefore) !== wordsOf(order.lines)) yield `${orderId} had ${wordsOf(order.lines)} before`;
  if (wordsOf(event.lines) !== wordsOf(lines)) yield `${orderId} has ${wordsOf(lines)} now`;
  const had = new Map(order.lines.map((line) => [line.sku, line]));
  yield* ledger.products.sellFaults(
    orderId,
    lines.filter(({ sku }) => !had.has(sku)),
  );
  for (const { sku, quantity, name, unitPrice } of lines) {
    const before = had.get(sku);
    if (before === undefined) continue;
    if (before.name !== name || before.unitPrice.amount !== unitPrice.amount)
      yield `${orderId} keeps ${sku} as ${name} for ${unitPrice.amount}, which it was not`;
    if (quantity > before.quantity && !ledger.products.isOnSale(sku))
      yield `${orderId} was sold more ${sku}, which is not on sale`;
  }
  yield* ledger.products.quantityFaults(
    orderId,
    lines.filter(({ sku, quantity }) => quantity !== had.get(sku)?.quantity),
  );
  const more = lines.filter(({ sku, quantity }) => quantity > (had.get(sku)?.quantity ?? 0));
  yield* ledger.products.owedFaults(orderId, more, event.backorders);
  const buying = { id: orderId, customerId: order.customerId, lines: more };
  yield* buyingFaults(ledger.orders, buying, (sku) => ledger.products.purchaseLimit(sku), ledger.latestTime(now));
  const grows = lines.some(({ sku, quantity }) => quantity > (had.get(sku)?.quantity ?? 0));
  const [place = "nowhere" as LocationId, ...others] = new Set(order.lines.map(({ locationId }) => locationId));
  if (others.length > 0) yield `${orderId} has its units at several places, and was given other lines`;
  yield* ledger.locations.moveFaults(orderId, place, grows);
  const amount = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
  if (total.amount !== amount || after.total.amount !== amount) yield `${orderId} has a wrong total`;
  const placed = lines.map((line) => ({ ...line, locationId: place }));
  const carts = [...order.carts, { at: ledger.point, version, lines: placed }];
  ledger.orders.set(orderId, { ...order, version, lines: placed, carts, total: amount });
  const units = new Map(lines.map(({ sku, quantity }) => [sku as string, quantity as number]));
  for (const { sku, quantity } of order.lines) units.set(sku, (units.get(sku) ?? 0) - quantity);
  for (const [sku, more] of units) {
    if (more === 0) continue;
    const key = keyOf({ sku: sku as Sku, locationId: place });
    const owesMax = more > 0 ? ledger.products.owesMax(sku as Sku) : 0;
    yield* ledger.levels.move(key, { change: { reservedStock: more }, owesMax }, ledger.point);
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
