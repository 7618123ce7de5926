import type { Order, Reservation, Transfer } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import type { SkuReading } from "./sku-reading.ts";

const numbers = [
  "totalStock",
  "reservedStock",
  "committedStock",
  "safetyStock",
  "unsellableStock",
  "incomingStock",
  "availableStock",
  "shortStock",
] as const;

/** The statuses that the reservation of an order may have. A cancelled order may have expired before. */
const holdsOf: Readonly<Record<Order["status"], readonly Order["reservation"]["status"][]>> = {
  PENDING_PAYMENT: ["ACTIVE"],
  CONFIRMED: ["CONFIRMED"],
  CANCELLED: ["CANCELLED", "EXPIRED"],
  EXPIRED: ["EXPIRED"],
  FAILED: ["EXPIRED"],
};

/** The units of a SKU in an order or a reservation. */
export function unitsOf({ lines }: Pick<Reservation, "lines">, sku: string): number {
  return lines.reduce((units, line) => (line.sku === sku ? units + line.quantity : units), 0);
}

/** The units of a SKU that a paid order has sold and that have yet to leave. */
export function openUnitsOf({ lines }: Pick<Order, "lines">, sku: string): number {
  return lines.reduce((units, line) => {
    const { quantity, fulfilledQuantity = 0, cancelledQuantity = 0 } = line;
    return line.sku === sku ? units + quantity - fulfilledQuantity - cancelledQuantity : units;
  }, 0);
}

export function stockNumberBreaches({ product }: SkuReading): Breach[] {
  const breaches: Breach[] = [];
  const rule = "stock numbers";
  for (const level of product.levels) {
    const at = `${product.sku} at ${level.locationId}`;
    const { totalStock, reservedStock, committedStock, safetyStock, unsellableStock, availableStock } = level;
    const left = totalStock - unsellableStock - reservedStock - committedStock;
    const [expected, short] = [left - safetyStock, Math.max(0, -left)];
    if (level.shortStock !== short) {
      breaches.push({ rule, says: `${at}: ${level.shortStock} short, its numbers leave ${left}` });
    }
    if (availableStock !== expected) {
      breaches.push({ rule, says: `${at}: ${availableStock} available, its numbers leave ${expected}` });
    }
    for (const name of numbers) {
      // After a loss that was booked less is available than nothing, by what is short and what is kept back.
      const least = name === "availableStock" ? -short - safetyStock : 0;
      if (level[name] < least) breaches.push({ rule, says: `${at}: ${name} is ${level[name]}` });
    }
  }
  for (const name of numbers) {
    const sum = name === "availableStock" ? promisedOf(product) : sumOf(product.levels, name);
    if (product[name] === sum) continue;
    breaches.push({ rule, says: `${product.sku}: ${name} is ${product[name]}, its levels add up to ${sum}` });
  }
  return breaches;
}

type Level = SkuReading["product"]["levels"][number];

function sumOf(levels: readonly Level[], name: (typeof numbers)[number]): number {
  return levels.reduce((units, level) => units + level[name], 0);
}

/** What a product can promise: what is there at active places, and where nothing is, what they owe. */
function promisedOf({ levels }: SkuReading["product"]): number {
  const active = levels.filter((level) => level.active);
  const there = active.filter(({ availableStock }) => availableStock > 0);
  return sumOf(there.length > 0 ? there : active, "availableStock");
}

/** The units of a SKU in a transfer that have yet to leave, or to arrive. */
function openTransferUnits({ lines }: Transfer, sku: string): number {
  return lines.reduce((units, line) => (line.sku === sku ? units + line.openQuantity : units), 0);
}

/** What an order has from one place, as lines. */
function linesAt({ lines }: Order, { locationId: place }: { readonly locationId: string }): Pick<Order, "lines"> {
  return {
    lines: lines.flatMap((line) =>
      line.allocations
        .filter(({ locationId }) => locationId === place)
        .map(({ quantity, fulfilledQuantity, cancelledQuantity }) => ({
          ...line,
          quantity,
          fulfilledQuantity,
          cancelledQuantity,
        })),
    ),
  };
}

export function orderBreaches(reading: SkuReading): Breach[] {
  return [...allocationBreaches(reading), ...heldBreaches(reading)];
}

/** What a line says in all, its places say together. */
function allocationBreaches({ product: { sku }, orders }: SkuReading): Breach[] {
  return orders.flatMap(({ id, lines }) =>
    lines.flatMap((line): Breach[] => {
      const placed = line.allocations.reduce((sum, { quantity }) => sum + quantity, 0);
      if (line.sku !== sku || placed === line.quantity) return [];
      return [{ rule: "orders against stock", says: `${sku}: ${id} has ${line.quantity}, its places say ${placed}` }];
    }),
  );
}

function heldBreaches({ product: { sku, levels }, orders, transfers }: SkuReading): Breach[] {
  return levels.flatMap((level) => {
    const moving = (status: Transfer["status"], place: "fromLocationId" | "toLocationId") =>
      transfers
        .filter((transfer) => transfer.status === status && transfer[place] === level.locationId)
        .reduce((units, transfer) => units + openTransferUnits(transfer, sku), 0);
    const unitsIn = (status: Order["status"], count: typeof openUnitsOf) =>
      orders.reduce((units, order) => (order.status === status ? units + count(linesAt(order, level), sku) : units), 0);
    const checks = [
      [
        "reservedStock",
        unitsIn("PENDING_PAYMENT", unitsOf) + moving("PENDING", "fromLocationId"),
        "unpaid orders, and transfers that have yet to leave,",
      ],
      ["committedStock", unitsIn("CONFIRMED", openUnitsOf), "paid orders"],
      ["incomingStock", moving("IN_TRANSIT", "toLocationId"), "transfers on their way"],
    ] as const;
    return checks.flatMap(([name, units, word]): Breach[] => {
      if (level[name] === units) return [];
      const says = `${sku} at ${level.locationId}: ${name} is ${level[name]}, ${word} hold ${units}`;
      return [{ rule: "orders against stock", says }];
    });
  });
}

export function reservationBreaches({ product: { sku }, orders, reservations }: SkuReading): Breach[] {
  const rule = "reservations against orders";
  const breaches: Breach[] = [];
  const listed = new Map(reservations.map((reservation) => [reservation.orderId as string, reservation]));
  if (reservations.length !== orders.length) {
    breaches.push({ rule, says: `${sku}: ${orders.length} orders, ${reservations.length} reservations` });
  }
  for (const order of orders) {
    const shown = listed.get(order.id);
    const expected = order.reservation.status;
    if (!holdsOf[order.status].includes(expected)) {
      breaches.push({ rule, says: `${order.id} is ${order.status}, its reservation ${order.reservation.status}` });
    }
    if (shown === undefined) breaches.push({ rule, says: `${order.id} has no reservation in the list` });
    else if (
      shown.id !== order.reservation.id ||
      shown.status !== expected ||
      unitsOf(shown, sku) !== unitsOf(order, sku)
    ) {
      const says = `${order.id} (${order.status}): the list shows ${shown.id}, ${shown.status}, ${unitsOf(shown, sku)} units`;
      breaches.push({ rule, says });
    }
  }
  return breaches;
}

export function earlyExpiryBreaches({ orders }: SkuReading): Breach[] {
  return orders.flatMap(({ id, status, endedAt, reservation: { expiresAt } }): Breach[] => {
    if (status !== "EXPIRED" || endedAt === undefined || endedAt >= expiresAt) return [];
    return [{ rule: "never early", says: `${id} was held until ${isoOf(expiresAt)} and expired at ${isoOf(endedAt)}` }];
  });
}

export function reconciliationBreaches({ product: { sku }, reconciliation }: SkuReading): Breach[] {
  const { ok, drift, unreadable } = reconciliation;
  if (ok && drift.length + unreadable.length === 0) return [];
  return [{ rule: "reconciliation", says: `${sku}: ok is ${ok}, ${JSON.stringify({ drift, unreadable })}` }];
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}
