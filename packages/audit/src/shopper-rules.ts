import type { Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import type { SkuReading } from "./sku-reading.ts";

/** What the shoppers of a run saw. Each key was used for one cart, and sent as `customerId` too. */
export interface ShopperCounts {
  /** Acknowledged orders. */
  readonly placed: number;
  readonly confirmed: number;
  readonly cancelled: number;
  /** Orders of which all has left. Left out: they were not counted. */
  readonly fulfilled?: number;
  /** Requests without an answer. Each may or may not have happened. */
  readonly unsettled: number;
}

/** The orders of a run, each once, even if it is about several of its SKUs. */
export function ordersOf(readings: readonly SkuReading[]): Order[] {
  return [...new Map(readings.flatMap(({ orders }) => orders.map((order) => [order.id as string, order]))).values()];
}

export function duplicateBreaches(readings: readonly SkuReading[]): Breach[] {
  const keys = ordersOf(readings).flatMap(({ customerId }) => (customerId === undefined ? [] : [customerId]));
  const found = [
    ...readings.flatMap(({ product: { sku }, orders }) =>
      repeated(orders.map(({ id }) => id)).map((id) => `the orders of ${sku} name ${id} twice`),
    ),
    ...repeated(keys).map((key) => `the key ${key} has made more than one order`),
  ];
  return found.map((says) => ({ rule: "one order per key", says }));
}

/** Compares the orders of the API with the acknowledged ones. `stock` is the initial stock of each SKU. */
export function shopperBreaches(readings: readonly SkuReading[], counts: ShopperCounts, stock: number): Breach[] {
  const rule = "as the shoppers saw it";
  const orders = ordersOf(readings);
  const inStatus = (status: Order["status"]) => orders.filter((order) => order.status === status).length;
  const counted = {
    placed: orders.length,
    confirmed: inStatus("CONFIRMED"),
    cancelled: inStatus("CANCELLED"),
    fulfilled: orders.filter(({ fulfilmentStatus }) => fulfilmentStatus === "FULFILLED").length,
  };
  const breaches: Breach[] = [];
  for (const name of ["placed", "confirmed", "cancelled", "fulfilled"] as const) {
    const { [name]: least } = counts;
    if (least === undefined) continue;
    const most = least + counts.unsettled;
    if (counted[name] >= least && counted[name] <= most) continue;
    const seen = least === most ? `${least}` : `${least} to ${most}`;
    breaches.push({ rule, says: `${seen} orders were ${name}, the API lists ${counted[name]}` });
  }
  for (const { product, orders: ofProduct } of readings) {
    const left = ofProduct.flatMap(({ lines }) => lines).filter(({ sku }) => sku === product.sku);
    // What comes back is on sale again: no run throws anything away.
    const expected = left.reduce((units, line) => units - outsideOf(line), stock);
    if (product.totalStock === expected) continue;
    const gone = expected === stock ? "" : ` and shipped ${stock - expected}`;
    breaches.push({
      rule,
      says: `${product.sku} began with ${stock} units${gone}, the API lists ${product.totalStock}`,
    });
  }
  return breaches;
}

/** Units of a line that have left and not come back. */
function outsideOf({ fulfilledQuantity = 0, returnedQuantity = 0 }: Order["lines"][number]): number {
  return fulfilledQuantity - returnedQuantity;
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
}
