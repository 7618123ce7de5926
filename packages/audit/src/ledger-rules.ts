import type { Movement, Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import type { SkuReading } from "./sku-reading.ts";
import { openUnitsOf, unitsOf } from "./stock-rules.ts";

const counters = ["totalStock", "reservedStock", "committedStock", "unsellableStock", "incomingStock"] as const;
const endings: readonly string[] = ["order_confirmed", "order_cancelled", "order_expired"];

const linesChanged = "order_lines_changed";

function reservedBy(movements: readonly Movement[]): number {
  return movements.reduce((sum, { change }) => sum + change.reservedStock, 0);
}

/** Checks the ledger of each level, from its first movement to the level as it is now. */
export function ledgerBreaches({ product: { sku, levels }, movements }: SkuReading): Breach[] {
  return levels.flatMap((level) => {
    const ledger = movements.filter(({ after }) => after.locationId === level.locationId).toReversed();
    const at = `${sku} at ${level.locationId}`;
    return [...gaps(at, ledger, level.version), ...wrongBalances(at, ledger, level)];
  });
}

function gaps(at: string, ledger: readonly Movement[], version: number): Breach[] {
  const rule = "ledger without a gap";
  const wrong = ledger.findIndex(({ after }, index) => after.version !== index + 1);
  if (wrong >= 0) {
    return [{ rule, says: `${at}: movement ${wrong + 1} carries version ${ledger[wrong]?.after.version}` }];
  }
  if (ledger.length === version) return [];
  return [{ rule, says: `${at}: the level is at version ${version}, the ledger ends at ${ledger.length}` }];
}

function wrongBalances(at: string, ledger: readonly Movement[], level: Movement["after"]): Breach[] {
  const rule = "ledger adds up";
  const breaches: Breach[] = [];
  let balances = {
    totalStock: 0,
    reservedStock: 0,
    committedStock: 0,
    unsellableStock: 0,
    incomingStock: 0,
    availableStock: 0,
  };
  for (const { after, change, backorderLimit = 0, ...cause } of ledger) {
    const label = `${at}, version ${after.version}`;
    for (const name of counters) {
      const expected = balances[name] + (change[name] ?? 0);
      if (after[name] !== expected)
        breaches.push({ rule, says: `${label}: ${name} is ${after[name]}, not ${expected}` });
    }
    // A person may book a loss of what is promised, and a product may owe units. Nothing else takes a level below zero, or further below.
    const isBooked = (cause.adjustmentId ?? cause.correctionId) !== undefined;
    const least = isBooked ? -after.shortStock - after.safetyStock : Math.min(-backorderLimit, balances.availableStock);
    if (after.availableStock < least)
      breaches.push({ rule, says: `${label}: oversold, ${after.availableStock} available` });
    balances = after;
  }
  for (const name of counters) {
    if (balances[name] === level[name]) continue;
    breaches.push({
      rule,
      says: `${at}: the ledger ends with ${name} ${balances[name]}, the level says ${level[name]}`,
    });
  }
  return breaches;
}

/** Compares each order with its movements in the ledger. */
export function orderLedgerBreaches({ product: { sku }, orders, movements }: SkuReading): Breach[] {
  const rule = "ledger against orders";
  const byOrder = new Map<string, Movement[]>();
  for (const movement of movements) {
    if (movement.orderId === undefined) continue;
    const others = byOrder.get(movement.orderId) ?? [];
    others.push(movement);
    byOrder.set(movement.orderId, others);
  }
  const breaches = orders.flatMap((order): Breach[] => {
    const faults = faultsOf(order, sku, byOrder.get(order.id) ?? []);
    byOrder.delete(order.id);
    return faults.map((fault) => ({ rule, says: `${sku}: ${order.id} (${order.status}) ${fault}` }));
  });
  for (const [orderId, moved] of byOrder) {
    // It had the SKU once, and gave all of it back with a change of its lines.
    if (moved.some(({ reason }) => reason === linesChanged) && reservedBy(moved) === 0) continue;
    breaches.push({ rule, says: `${sku}: the ledger names ${orderId}, which no list of orders does` });
  }
  return breaches;
}

function faultsOf(order: Order, sku: string, movements: readonly Movement[]): string[] {
  const faults: string[] = [];
  // An order may have the SKU from several places: at each of them it is held once, and ends once.
  const times = (isOne: (movement: Movement) => boolean) => {
    const places = movements.filter(isOne).map(({ after }) => after.locationId);
    return places.length === 0 ? 0 : 1 + places.length - new Set(places).size;
  };
  const held = times(({ reason }) => reason === "order_placed");
  const ended = times(({ reason }) => endings.includes(reason));
  const isAddedLater = held === 0 && movements.some(({ reason }) => reason === linesChanged);
  if (held !== 1 && !isAddedLater) faults.push(`was held ${held} times`);
  if (ended > 1) faults.push(`ended ${ended} times`);
  const units = unitsOf(order, sku);
  const expected = {
    reservedStock: order.status === "PENDING_PAYMENT" ? units : 0,
    committedStock: order.status === "CONFIRMED" ? openUnitsOf(order, sku) : 0,
  };
  for (const name of ["reservedStock", "committedStock"] as const) {
    const moved = movements.reduce((sum, { change }) => sum + change[name], 0);
    if (moved !== expected[name]) faults.push(`moved ${name} by ${moved}, not ${expected[name]}`);
  }
  return faults;
}
