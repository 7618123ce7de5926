import type { Order, StockLevel } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import type { Ledger, LedgerOrder } from "./ledger.ts";

/** Everything in the tables that must not be so, right after a commit. */
export function tableFaults(tables: MemoryTables, ledger: Ledger): string[] {
  const found: string[] = [];
  const sums = new Sums(tables);
  for (const [key, level] of tables.entities.levels) found.push(...levelFaults(key, level, sums, ledger));
  for (const key of ledger.levels.keys())
    if (!tables.entities.levels.has(key)) found.push(`the level ${key} is missing`);
  if (tables.entities.orders.size !== ledger.orders.size) {
    found.push(`there are ${tables.entities.orders.size} orders of ${ledger.orders.size} that were placed`);
  }
  const keys = new Set<string>();
  for (const order of tables.entities.orders.values()) found.push(...orderFaults(order, keys, ledger));
  return [...found, ...ledger.held.faults(tables)];
}

/** What the levels should count, added up from orders and adjustments. */
class Sums {
  readonly total = new Map<string, number>();
  readonly reserved = new Map<string, number>();
  readonly committed = new Map<string, number>();

  constructor({ entities: { orders, adjustments } }: MemoryTables) {
    const add = (sums: Map<string, number>, key: string, units: number) => sums.set(key, (sums.get(key) ?? 0) + units);
    for (const { sku, locationId, delta } of adjustments.values()) add(this.total, `${sku}@${locationId}`, delta);
    for (const { status, reservation, lines, locationId } of orders.values()) {
      for (const { sku, quantity } of lines) {
        if (reservation.status === "ACTIVE") add(this.reserved, `${sku}@${locationId}`, quantity);
        if (status === "CONFIRMED") add(this.committed, `${sku}@${locationId}`, quantity);
      }
    }
  }
}

function* levelFaults(key: string, level: StockLevel, sums: Sums, ledger: Ledger): Iterable<string> {
  const { totalStock, reservedStock, committedStock, safetyStock, version } = level;
  if (totalStock - reservedStock - committedStock - safetyStock < 0) yield `${key} is oversold`;
  const entered = ledger.levels.get(key);
  const figures = [
    ["totalStock", totalStock, sums.total.get(key), entered?.total],
    ["reservedStock", reservedStock, sums.reserved.get(key), entered?.reserved],
    ["committedStock", committedStock, sums.committed.get(key), entered?.committed],
    ["version", version, entered?.version, entered?.version],
  ] as const;
  for (const [name, counted, summed = 0, booked = 0] of figures) {
    if (counted !== summed) yield `${key} ${name} is ${counted}, and its parts add up to ${summed}`;
    if (counted !== booked) yield `${key} ${name} is ${counted}, and the events add up to ${booked}`;
  }
}

function* orderFaults(order: Order, keys: Set<string>, ledger: Ledger): Iterable<string> {
  const { id, status, version, reservation, claim } = order;
  const entered = ledger.orders.get(id);
  if (entered?.status !== status || entered.version !== version) {
    yield `${id} is ${status} v${version}, and its events say ${entered?.status} v${entered?.version}`;
  }
  if (reservation.status !== entered?.hold) {
    yield `${id}'s reservation is ${reservation.status}, and its events say ${entered?.hold}`;
  }
  if (entered !== undefined) yield* paymentFaults(order, entered);
  if (claim === undefined) return;
  if (keys.has(claim.key)) yield `the key ${claim.key} has two orders`;
  keys.add(claim.key);
}

/** All money that was reported is on the order once, as its events say, and at most one payment sold something. */
function* paymentFaults({ id, status, payments }: Order, entered: LedgerOrder): Iterable<string> {
  const told = entered.payments.map(({ reference, outcome }) => `${reference} ${outcome}`).join(", ");
  const kept = payments.map(({ reference, outcome }) => `${reference} ${outcome}`).join(", ");
  if (kept !== told) yield `${id} has the payments ${kept}, and its events say ${told}`;
  const sold = payments.filter(({ outcome }) => outcome === "ON_TIME" || outcome === "REHELD");
  if (sold.length !== (status === "CONFIRMED" ? 1 : 0)) yield `${id} is ${status}, and ${sold.length} payments sold it`;
  const vain = payments.length > sold.length;
  if (status === "FAILED" && !vain) yield `${id} has failed without a payment`;
  if (vain && (status === "PENDING_PAYMENT" || status === "EXPIRED")) yield `${id} is ${status} with ${kept}`;
  const review = payments.find((payment) => payment.review !== undefined)?.review;
  if (entered.reviewed?.decision !== review?.decision) yield `${id} is not reviewed as its events say`;
  for (const { reference, outcome, refund } of payments) {
    if ((outcome === "REFUNDED") !== (refund !== undefined)) yield `${id}'s payment ${reference} is half refunded`;
  }
}
