import type { Order, Payment, ReversalKind, StoredLevel } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import { countedWords, keptPayments } from "./kept-payments.ts";
import type { Ledger } from "./ledger.ts";
import { keyOf, linesOf } from "./ledger-names.ts";
import { fulfilmentStatusOf, type LedgerLine, type LedgerOrder, moneyOf, unitsIn } from "./ledger-order.ts";
import { availableIn } from "./level-book.ts";
import { purchaseFaults } from "./purchase-rules.ts";

/** What is wrong in the tables, right after a commit. */
export function tableFaults(tables: MemoryTables, ledger: Ledger): string[] {
  const found: string[] = [];
  const sums = new Sums(tables);
  const folded = new Sums(tables, (id, key) => isFolded(tables.entities.levels.get(key), id));
  for (const [key, level] of tables.entities.levels) {
    found.push(...levelFaults(key, level, sums, ledger), ...foldFaults(key, level, folded));
    found.push(...alertFaults(key, level, ledger));
  }
  for (const key of ledger.levels.states.keys())
    if (!tables.entities.levels.has(key)) found.push(`the level ${key} is missing`);
  if (tables.entities.orders.size !== ledger.orders.size) {
    found.push(`there are ${tables.entities.orders.size} orders of ${ledger.orders.size} that were placed`);
  }
  const keys = new Set<string>();
  const payments = keptPayments(tables);
  const money = moneyByOrder(tables);
  for (const order of tables.entities.orders.values()) {
    found.push(...orderFaults(order, keys, ledger), ...moneyFaults(order, money.get(order.id), ledger));
    const entered = ledger.orders.get(order.id);
    if (entered !== undefined) found.push(...paymentFaults(order, payments.get(order.id) ?? [], entered));
  }
  for (const id of payments.keys()) if (!tables.entities.orders.has(id)) found.push(`a payment is of no order: ${id}`);
  return [
    ...found,
    ...ledger.held.faults(tables),
    ...ledger.products.faults(tables),
    ...purchaseFaults(tables, ledger.orders),
    ...ledger.locations.faults(tables),
    ...ledger.details.faults(tables),
    ...ledger.transfers.faults(tables),
  ];
}

const counters = ["totalStock", "reservedStock", "committedStock", "unsellableStock", "incomingStock"] as const;

/** What the orders, fulfilments, reversals, transfers, receipts and adjustments in the tables add up to. */
class Sums {
  readonly totalStock = new Map<string, number>();
  readonly reservedStock = new Map<string, number>();
  readonly committedStock = new Map<string, number>();
  readonly unsellableStock = new Map<string, number>();
  readonly incomingStock = new Map<string, number>();

  /** `counts`: whether what has an id is added to a level. */
  constructor(
    { entities: { orders, adjustments, fulfilments, reversals, transfers, receipts } }: MemoryTables,
    counts = (_id: string, _level: string) => true,
  ) {
    const add = (sums: Map<string, number>, id: string, key: string, units: number) => {
      if (counts(id, key)) sums.set(key, (sums.get(key) ?? 0) + units);
    };
    for (const { id, sku, locationId, delta, affects = "TOTAL" } of adjustments.values()) {
      if (affects !== "CONDITION") add(this.totalStock, id, `${sku}@${locationId}`, delta);
      if (affects !== "TOTAL") add(this.unsellableStock, id, `${sku}@${locationId}`, delta);
    }
    for (const { id, lines } of fulfilments.values()) {
      for (const { sku, locationId, quantity } of lines) {
        add(this.totalStock, id, `${sku}@${locationId}`, -quantity);
        add(this.committedStock, id, `${sku}@${locationId}`, -quantity);
      }
    }
    for (const { id, lines } of reversals.values()) {
      for (const { sku, locationId, quantity, disposition } of lines) {
        if (disposition === "CANCELLED") add(this.committedStock, id, `${sku}@${locationId}`, -quantity);
        if (disposition === "RESTOCK" || disposition === "UNSELLABLE")
          add(this.totalStock, id, `${sku}@${locationId}`, quantity);
        if (disposition === "UNSELLABLE") add(this.unsellableStock, id, `${sku}@${locationId}`, quantity);
      }
    }
    for (const { id, status, fromLocationId: source, toLocationId: target, lines, shippedAt } of transfers.values()) {
      for (const { sku, quantity, lostQuantity = 0, returnedQuantity = 0 } of lines) {
        const left = quantity - returnedQuantity;
        if (status === "PENDING") add(this.reservedStock, id, `${sku}@${source}`, quantity);
        if (source !== undefined && shippedAt !== undefined) add(this.totalStock, id, `${sku}@${source}`, -left);
        if (source === undefined || shippedAt !== undefined)
          add(this.incomingStock, id, `${sku}@${target}`, left - lostQuantity);
      }
    }
    for (const { id, lines } of receipts.values()) {
      for (const { sku, locationId, quantity, condition } of lines) {
        add(this.totalStock, id, `${sku}@${locationId}`, quantity);
        add(this.incomingStock, id, `${sku}@${locationId}`, -quantity);
        if (condition === "UNSELLABLE") add(this.unsellableStock, id, `${sku}@${locationId}`, quantity);
      }
    }
    for (const { id, status, reservation, lines, locationId: place } of orders.values()) {
      for (const { sku, quantity, locationId = place } of lines) {
        if (reservation.status === "ACTIVE") add(this.reservedStock, id, `${sku}@${locationId}`, quantity);
        if (status === "CONFIRMED") add(this.committedStock, id, `${sku}@${locationId}`, quantity);
      }
    }
  }
}

function* levelFaults(key: string, level: StoredLevel, sums: Sums, ledger: Ledger): Iterable<string> {
  const { counted, due } = ledger.levels.states.get(key) ?? {};
  for (const name of counters) {
    const [summed = 0, booked = 0] = [sums[name].get(key), due?.[name]];
    if (summed !== booked) yield `the parts of ${key} ${name} add up to ${summed}, and its events to ${booked}`;
  }
  for (const name of [...counters, "version", "safetyStock", "lowStockThreshold"] as const) {
    const { [name]: booked = 0 } = counted ?? {};
    const { [name]: kept = 0 } = level;
    if (kept !== booked) yield `${key} ${name} is ${kept}, and its events and edits come to ${booked}`;
  }
}

/** Checks that a level keeps what was last said of it. Where nothing is held, that is how it is. */
function* alertFaults(key: string, level: StoredLevel, ledger: Ledger): Iterable<string> {
  const { stockAlert, lowStockThreshold, reservedStock } = level;
  const said = ledger.levels.said.get(key);
  if (stockAlert !== said) yield `${key} is called ${stockAlert}, and ${said} was said`;
  if (lowStockThreshold === undefined || reservedStock > 0) return;
  const { counted, journalled } = ledger.levels.states.get(key) ?? {};
  // An edit says nothing.
  if (counted === undefined || counted !== journalled) return;
  if ((said === "OUT") !== availableIn(counted) <= 0) yield `${key} has ${availableIn(counted)}, and is called ${said}`;
}

function isFolded(level: StoredLevel | undefined, id: string): boolean {
  const {
    orders = "",
    adjustments = "",
    fulfilments = "",
    reversals = "",
    transfers = "",
    receipts = "",
  } = level?.fold?.through ?? {};
  if (id.startsWith("trf_")) return id <= transfers;
  if (id.startsWith("rct_")) return id <= receipts;
  if (id.startsWith("ful_")) return id <= fulfilments;
  if (id.startsWith("rev_")) return id <= reversals;
  return id <= (id.startsWith("ord_") ? orders : adjustments);
}

/** A level's fold is what is closed comes to, up to the ids that it names; nothing in it is open. */
function* foldFaults(key: string, { fold }: StoredLevel, sums: Sums): Iterable<string> {
  if (fold === undefined) return;
  for (const name of counters) {
    const [summed = 0, folded] = [sums[name].get(key), fold.units[name]];
    if (folded !== summed) yield `the fold of ${key} ${name} is ${folded}, and what is in it adds up to ${summed}`;
  }
}

function* orderFaults(order: Order, keys: Set<string>, ledger: Ledger): Iterable<string> {
  const { id, status, version, reservation, claim } = order;
  const entered = ledger.orders.get(id);
  if (entered?.status !== status || entered.version !== version) {
    yield `${id} is ${status} v${version}, and its events say ${entered?.status} v${entered?.version}`;
  }
  if (reservation.status !== entered?.reservation) {
    yield `${id}'s reservation is ${reservation.status}, and its events say ${entered?.reservation}`;
  }
  yield* cartFaults(order, entered);
  if (order.customerId !== entered?.customerId)
    yield `${id} is ${order.customerId}'s, and its events say ${entered?.customerId}'s`;
  yield* endFaults(order, entered);
  yield* shipmentFaults(order, entered);
  if (claim === undefined) return;
  if (keys.has(claim.key)) yield `the key ${claim.key} has two orders`;
  keys.add(claim.key);
}

/** Checks that an order has the lines that its events gave it, and knows those that it was placed with. */
function* cartFaults(order: Order, entered: LedgerOrder | undefined): Iterable<string> {
  if (entered === undefined) return;
  const { id, total, first } = order;
  const wordsOf = (all: readonly LedgerLine[]) =>
    all.map((line) => `${line.quantity} ${keyOf(line)} as ${line.name} for ${line.unitPrice.amount}`).join();
  const [has, booked] = [wordsOf(linesOf(order)), wordsOf(entered.lines)];
  if (has !== booked || total.amount !== entered.total)
    yield `${id} has ${has} for ${total.amount}, and its events say ${booked} for ${entered.total}`;
  const placed = entered.carts.length > 1 ? wordsOf(entered.carts[0]?.lines ?? []) : undefined;
  const kept = first?.cart && wordsOf(linesOf(first.cart));
  if (kept !== placed) yield `${id} says it was placed with ${kept}, and its events say ${placed}`;
}

/** Checks that an order's first reservation has the end that its events gave it. */
function* endFaults({ id, reservation, extendedTo }: Order, entered: LedgerOrder | undefined): Iterable<string> {
  if (entered === undefined) return;
  const { expiresAt, expiries } = entered;
  const isFirst = reservation.id === `res_${id.slice("ord_".length)}`;
  if (isFirst && reservation.expiresAt !== expiresAt)
    yield `${id} is held until ${reservation.expiresAt}, and its events say ${expiresAt}`;
  const extended = expiries.length > 1 ? expiresAt : undefined;
  if (extendedTo !== extended) yield `${id} says that it was extended to ${extendedTo}, and its events say ${extended}`;
}

/** Checks that an order counts what has left of it, as its events say. */
function* shipmentFaults(
  { id, lines, locationId: place, fulfilmentStatus = "NONE" }: Order,
  entered: LedgerOrder | undefined,
): Iterable<string> {
  if (entered === undefined) return;
  const expected = fulfilmentStatusOf(entered);
  if (fulfilmentStatus !== expected) yield `${id} is fulfilled ${fulfilmentStatus}, and its events say ${expected}`;
  const givenUpAs = (kind: ReversalKind) => entered.givenUp.filter((each) => each.kind === kind);
  if (lines.length !== entered.lines.length) yield `${id} has ${lines.length} lines of ${entered.lines.length}`;
  for (const line of lines) {
    const { sku, locationId = place, fulfilledQuantity = 0, cancelledQuantity = 0, returnedQuantity = 0 } = line;
    const units = unitsIn(entered.lines, sku, locationId);
    if (units !== line.quantity)
      yield `${id} has ${line.quantity} ${sku} at ${locationId}, and its events say ${units}`;
    const gone = `${cancelledQuantity} cancelled and ${returnedQuantity} returned`;
    const booked = `${unitsIn(givenUpAs("CANCELLATION"), sku, locationId)} cancelled and ${unitsIn(givenUpAs("RETURN"), sku, locationId)} returned`;
    if (gone !== booked) yield `${id} counts ${gone} ${sku}, and its events say ${booked}`;
    const left = unitsIn(entered.shipments, sku, locationId);
    if (fulfilledQuantity !== left)
      yield `${id} counts ${fulfilledQuantity} ${sku} that left, and its events say ${left}`;
  }
}

interface KeptMoney {
  due: number;
  refunded: number;
}

/** What reversals and repayments in the tables add up to. */
function moneyByOrder({ entities: { reversals, repayments } }: MemoryTables): Map<string, KeptMoney> {
  const sums = new Map<string, KeptMoney>();
  const add = (id: string, due: number, refunded: number) => {
    const sum = sums.get(id) ?? { due: 0, refunded: 0 };
    sums.set(id, { due: sum.due + due, refunded: sum.refunded + refunded });
  };
  for (const { orderId, refundDue } of reversals.values()) add(orderId, refundDue, 0);
  for (const { orderId, amount } of repayments.values()) add(orderId, -amount, amount);
  return sums;
}

/** Checks that what was paid is sold, given back or due back: on the order, by its records, and as its events say. */
function* moneyFaults(order: Order, kept: KeptMoney | undefined, ledger: Ledger): Iterable<string> {
  const { id, refundDue = 0, refunded = 0, total } = order;
  const entered = ledger.orders.get(id);
  const { due: booked = 0, refunded: repaid = 0 } = (entered && moneyOf(entered)) ?? {};
  const { due = 0, refunded: summed = 0 } = kept ?? {};
  if (refundDue !== booked || refunded !== repaid)
    yield `${id} says ${refundDue} due and ${refunded} given back, and its events ${booked} and ${repaid}`;
  if (refundDue !== due || refunded !== summed)
    yield `${id} says ${refundDue} due and ${refunded} given back, and its records ${due} and ${summed}`;
  if (refundDue < 0 || refundDue + refunded > total.amount) yield `${id} gives back more than was paid`;
}

/** Checks that each reported payment is kept once, as its order's events say and as it counts, and that at most one sold something. */
function* paymentFaults(
  { id, status, paymentCounts }: Order,
  payments: readonly Payment[],
  entered: LedgerOrder,
): Iterable<string> {
  const expected = entered.payments.map(({ reference, outcome }) => `${reference} ${outcome}`).join(", ");
  const kept = payments.map(({ reference, outcome }) => `${reference} ${outcome}`).join(", ");
  if (kept !== expected) yield `${id} has the payments ${kept}, and its events say ${expected}`;
  const counted = countedWords((outcome) => paymentCounts[outcome] ?? 0);
  const summed = countedWords((outcome) => payments.filter((payment) => payment.outcome === outcome).length);
  if (counted !== summed) yield `${id} counts the payments ${counted}, and there are ${summed}`;
  if (payments.some(({ number }, index) => number !== index + 1)) yield `${id} has payments that follow on no other`;
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
