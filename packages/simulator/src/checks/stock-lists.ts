// A part of the oracle: whom a shortage hits, and what is low, from the ledger alone. Derive nothing here from the domain's rules.
import type { Instant, LocationId, Sku } from "@holdfast/domain";
import type { Ledger } from "./ledger.ts";
import { type LedgerOrder, unitsIn } from "./ledger-order.ts";
import { availableIn, type Counted, sellableIn } from "./level-book.ts";
import { openOf } from "./transfer-book.ts";

const dayMs = 86_400_000;

/** Every level that has promised more than is there, with whom it hits, in the order of their names; one line each. */
export function shortagesIn(ledger: Ledger): string[] {
  return levelsOf(ledger).flatMap(({ key, sku, locationId, counted }) => {
    const lacks = counted.reservedStock + counted.committedStock - sellableIn(counted);
    return lacks > 0 ? [shortageWords(key, lacks, ...hitBy(ledger, sku, locationId, lacks))] : [];
  });
}

/** A shortage in one line: what is short, the orders that lack it, the oldest first, and the transfers that do, the newest first. */
export function shortageWords(
  key: string,
  lacks: number,
  orders: readonly string[],
  transfers: readonly string[],
  isComplete: boolean,
): string {
  return `${key} lacks ${lacks} of ${[...orders, ...transfers].join(", ") || "no order"}${isComplete ? "" : " and more"}`;
}

export function hitWords(id: string, short: number, promised: number, whose?: string): string {
  return `${id}${whose === undefined ? "" : ` of ${whose}`} ${short}/${promised}`;
}

/** What is there goes to the oldest orders, and to transfers last. So transfers lack units first, and then the newest orders. */
function hitBy(
  ledger: Ledger,
  sku: Sku,
  locationId: LocationId,
  lacks: number,
): [orders: string[], transfers: string[], isComplete: boolean] {
  let left = lacks;
  const share = (promised: number) => {
    const short = Math.min(promised, left);
    left -= short;
    return short;
  };
  const transfers: string[] = [];
  for (const [id, { status, source, units }] of newestFirst(ledger.transfers.latest())) {
    const sent = units.get(sku);
    if (status !== "PENDING" || source !== locationId || sent === undefined || left === 0) continue;
    transfers.push(hitWords(id, share(openOf(sent)), openOf(sent)));
  }
  const orders: string[] = [];
  for (const [id, order] of newestFirst(ledger.orders)) {
    const promised = promisedTo(order, sku, locationId);
    if (promised === 0 || left === 0) continue;
    orders.unshift(hitWords(id, share(promised), promised, order.customerId));
  }
  return [orders, transfers, left === 0];
}

/** Units of a level that an order awaits. */
function promisedTo({ status, lines, shipments, givenUp }: LedgerOrder, sku: Sku, locationId: LocationId): number {
  const ordered = unitsIn(lines, sku, locationId);
  if (status === "PENDING_PAYMENT") return ordered;
  if (status !== "CONFIRMED") return 0;
  const cancelled = givenUp.filter(({ kind }) => kind === "CANCELLATION");
  return ordered - unitsIn(shipments, sku, locationId) - unitsIn(cancelled, sku, locationId);
}

/** Over which time sales are counted, and at which places levels are low. */
export interface LowStockAsked {
  readonly days: number;
  readonly now: Instant;
  readonly locationId?: LocationId;
}

/** Every level of an active place of which no more is available than its threshold, or every such one of the place that is named, with its sales and for how long that lasts. */
export function lowStockIn(ledger: Ledger, { days, now, locationId: place }: LowStockAsked): string[] {
  const active = ledger.locations.activeAt(ledger.point);
  const isActive = (id: LocationId) => active.includes(id);
  return levelsOf(ledger).flatMap(({ key, sku, locationId, counted }) => {
    const { lowStockThreshold: threshold } = counted;
    if (threshold === undefined || availableIn(counted) > threshold) return [];
    // A place that is closed sells nothing: what is low there is listed for who asks for that place.
    if (place === undefined ? !isActive(locationId) : place !== locationId) return [];
    return [`${key} ${coverOf(ledger, { sku, locationId, counted }, now - days * dayMs, now)}`];
  });
}

export function coverWords(soldUnits: number, soldSince: number, daysOfCover: number | undefined): string {
  return `sold ${soldUnits} since ${soldSince}, lasts ${daysOfCover ?? "for ever"}`;
}

interface Level {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly counted: Counted;
}

/** The units of every paid order since an instant, however it ended; of a product that is younger than that since its first order. */
function coverOf(ledger: Ledger, { sku, locationId, counted }: Level, from: number, now: number): string {
  const orders = newestFirst(ledger.orders).filter(([, { lines }]) => lines.some((line) => line.sku === sku));
  const since = Math.max(from, orders.at(-1)?.[1].placedAt ?? from);
  const paid = orders.filter(([, { status, placedAt }]) => status === "CONFIRMED" && placedAt >= from);
  const sold = paid.reduce((sum, [, { lines }]) => sum + unitsIn(lines, sku, locationId), 0);
  // A product that was first sold an hour ago has not shown what a day is like.
  const perDay = sold / (Math.max(now - since, dayMs) / dayMs);
  const lasts = sold === 0 ? undefined : Math.round((Math.max(0, availableIn(counted)) / perDay) * 10) / 10;
  return coverWords(sold, since, lasts);
}

function newestFirst<Id extends string, Kept>(kept: Iterable<readonly [Id, Kept]>): (readonly [Id, Kept])[] {
  return [...kept].sort(([one], [other]) => (one < other ? 1 : -1));
}

function levelsOf({ levels }: Ledger): (Level & { readonly key: string })[] {
  return [...levels.states]
    .map(([key, { counted }]) => {
      const at = key.lastIndexOf("@");
      return { key, sku: key.slice(0, at) as Sku, locationId: key.slice(at + 1) as LocationId, counted };
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}
