// Part of the oracle: derive nothing here from the domain.
import type { Fulfilment, Instant, Repayment, Reversal, StockFigures } from "@holdfast/domain";
import type { Ledger } from "./ledger.ts";
import { keyOf } from "./ledger-names.ts";
import { fulfilmentStatusOf, moneyOf, priceOf, unitsIn } from "./ledger-order.ts";
import { sumOf } from "./level-book.ts";

export function* ship(ledger: Ledger, fulfilment: Fulfilment, now: Instant): Iterable<string> {
  const { id, orderId, lines, fulfilmentStatus } = fulfilment;
  const order = ledger.orders.get(orderId);
  if (order?.status !== "CONFIRMED") yield `${id} is of ${orderId}, which is ${order?.status ?? "no order"}`;
  if (order === undefined) return;
  yield* ledger.products.shipFaults(fulfilment, order.lines, now);
  for (const line of lines) yield* ledger.levels.shipFaults(id, keyOf(line), line.quantity);
  const left = lines.map(({ sku, locationId, quantity }) => ({ sku, locationId, quantity, at: ledger.point }));
  const after = { ...order, version: order.version + 1, shipments: [...order.shipments, ...left] };
  for (const { sku, locationId, quantity } of lines) {
    const cancelled = after.givenUp.filter((each) => each.kind === "CANCELLATION");
    const gone = unitsIn(after.shipments, sku, locationId) + unitsIn(cancelled, sku, locationId);
    if (gone > unitsIn(order.lines, sku, locationId))
      yield `${id} ships more ${sku} from ${locationId} than ${orderId} has sold there`;
    yield* ledger.levels.move(
      keyOf({ sku, locationId }),
      { change: { totalStock: -quantity, committedStock: -quantity } },
      ledger.point,
    );
  }
  if (fulfilmentStatus !== fulfilmentStatusOf(after)) yield `${id} says that ${orderId} is ${fulfilmentStatus}`;
  ledger.orders.set(orderId, after);
}

export function* reverse(ledger: Ledger, { id, orderId, kind, lines, refundDue }: Reversal): Iterable<string> {
  const order = ledger.orders.get(orderId);
  if (order?.status !== "CONFIRMED") yield `${id} is of ${orderId}, which is ${order?.status ?? "no order"}`;
  if (order === undefined) return;
  const { due, refunded } = moneyOf(order);
  const entries = lines.map(({ sku, locationId, quantity }) => ({ sku, locationId, quantity, kind, at: ledger.point }));
  const money = [...order.money, { at: ledger.point, due: due + refundDue, refunded }];
  const after = { ...order, version: order.version + 1, givenUp: [...order.givenUp, ...entries], money };
  const moves = new Map<string, Partial<StockFigures>[]>();
  for (const { sku, locationId, quantity, disposition } of lines) {
    const left = unitsIn(order.shipments, sku, locationId);
    const most = kind === "CANCELLATION" ? unitsIn(order.lines, sku, locationId) - left : left;
    const ofKind = after.givenUp.filter((each) => each.kind === kind);
    if (unitsIn(ofKind, sku, locationId) > most)
      yield `${id} gives up more ${sku} of ${locationId} than ${orderId} has`;
    if ((disposition === "CANCELLED") !== (kind === "CANCELLATION")) yield `${id} is a ${kind} and ${disposition}`;
    if (disposition === "DISCARD") continue;
    const change = {
      ...(disposition === "CANCELLED" ? { committedStock: -quantity } : { totalStock: quantity }),
      ...(disposition === "UNSELLABLE" && { unsellableStock: quantity }),
    };
    const key = keyOf({ sku, locationId });
    moves.set(key, [...(moves.get(key) ?? []), change]);
  }
  // Whatever becomes of its units, a level is moved once.
  for (const [key, changes] of moves) yield* ledger.levels.move(key, { change: sumOf(changes) }, ledger.point);
  const worth = lines.reduce((sum, { sku, quantity }) => sum + quantity * priceOf(order, sku), 0);
  if (refundDue !== worth && (refundDue !== 0 || kind === "CANCELLATION"))
    yield `${id} makes ${refundDue} due back for what cost ${worth}`;
  if (due + refundDue + refunded > order.total) yield `${orderId} gives back more than was paid`;
  ledger.orders.set(orderId, after);
}

export function* repay(ledger: Ledger, { id, orderId, amount }: Repayment): Iterable<string> {
  const order = ledger.orders.get(orderId);
  if (order === undefined) {
    yield `${id} is of an order that was never placed`;
    return;
  }
  const { due, refunded } = moneyOf(order);
  if (amount > due || amount <= 0) yield `${id} pays ${amount} back, and ${due} was due`;
  const money = [...order.money, { at: ledger.point, due: due - amount, refunded: refunded + amount }];
  ledger.orders.set(orderId, { ...order, version: order.version + 1, money });
}
