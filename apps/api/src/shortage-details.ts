import { isReadable, promisable, promisingPlaces, type Shortfall } from "@holdfast/domain";
import { type Clock, everyLocation, type Queries } from "@holdfast/engine";
import type { Problem } from "@holdfast/http-contract";

/** What a shopper can do about a shortfall: wait, or buy elsewhere. */
type Details = Pick<NonNullable<Problem["errors"]>[number], "nextExpiry" | "elsewhere">;

type Reads = Pick<Queries, "now" | "product" | "nextExpiryOf" | "list">;

/** How long what was read is answered again. In a storm on a sold-out product a process reads once in that time. */
const keptMs = 1_000;

/** Levels that are remembered: more than are sold out at the same moment. */
const levelsMax = 1_000;

/** Shortfalls of one answer that get details, and places that each may name. */
const shortfallsMax = 10;
const placesMax = 10;

/**
 * Details for refused shoppers, read once the rules have refused, and no more often than once a second for each level. They decide
 * nothing: they may be a second old, and where they cannot be read they are left out.
 */
export class ShortageDetails {
  readonly #queries: Reads;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly at: number; readonly details: Promise<Details> }>();

  constructor(queries: Reads, clock: Clock) {
    this.#queries = queries;
    this.#clock = clock;
  }

  /** One each, in the same order. Never rejects. */
  of(shortfalls: readonly Shortfall[]): Promise<readonly Details[]> {
    return Promise.all(shortfalls.map((short, index) => (index < shortfallsMax ? this.#detailsOf(short) : {})));
  }

  #detailsOf(short: Shortfall): Promise<Details> {
    const key = JSON.stringify([short.sku, short.locationId]);
    const now = this.#clock.now();
    const kept = this.#kept.get(key);
    if (kept !== undefined && now - kept.at < keptMs) return kept.details;
    const details = this.#read(short).catch(() => ({}));
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, details });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= levelsMax) break;
      this.#kept.delete(oldest);
    }
    return details;
  }

  /** Of a shortfall at one place, or at all that are active. Nothing is promised at the others. */
  async #read({ sku, locationId }: Shortfall): Promise<Details> {
    const [now, product, locations] = await Promise.all([
      this.#queries.now(),
      this.#queries.product(sku),
      everyLocation(this.#queries),
    ]);
    const limit = product?.product.policies?.backorderLimit ?? 0;
    const active = new Set(promisingPlaces(locations.filter(isReadable)));
    const levels = (product?.levels ?? []).filter((level) => active.has(level.locationId));
    const short = locationId === undefined ? levels.filter(({ reservedStock }) => reservedStock > 0) : [{ locationId }];
    const expiries = await Promise.all(
      short.slice(0, placesMax).map((level) => this.#queries.nextExpiryOf({ sku, locationId: level.locationId }, now)),
    );
    const [expiry] = expiries.filter((instant) => instant !== undefined).sort((one, other) => one - other);
    const elsewhere = (locationId === undefined ? [] : levels)
      .filter((level) => level.locationId !== locationId)
      .map((level) => ({ locationId: level.locationId, available: promisable(level, limit) }))
      .filter(({ available }) => available > 0)
      .toSorted((one, other) => other.available - one.available)
      .slice(0, placesMax);
    return {
      ...(expiry !== undefined && { nextExpiry: new Date(expiry).toISOString() }),
      ...(elsewhere.length > 0 && { elsewhere }),
    };
  }
}
