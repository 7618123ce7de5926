import {
  type Batch,
  type Command,
  type Holding,
  type Loaded as LoadedEntities,
  type Location,
  levelKey,
  type Product,
  ReadPlan,
  type Reads,
  readsOf,
  type StoredLevel,
  snapshotOf,
} from "@holdfast/domain";
import type { Loaded } from "./load-snapshot.ts";
import { ServerClock } from "./server-clock.ts";

/** Levels, products and locations remembered at most, each: a few megabytes. */
const rememberedMax = 20_000;

/** Holdings remembered at most: some ten megabytes. */
const holdingsMax = 100_000;

type Remembered = "levels" | "products" | "locations" | "holdings";

/** How long a place that another process opens may be missed by orders that are placed on a guess. Milliseconds. */
const activeMsMax = 1_000;

/** The most batches that are read first after a wrong guess. The number doubles with each wrong guess. */
const pauseMax = 64;

/**
 * What this process remembers of levels, products, locations and holdings from its own reads and commits: enough to decide most batches of new
 * orders without reading first, which saves a round trip.
 *
 * It is only a guess, used where the database guards everything that may be wrong: every level that an accepted order moves is written
 * against its version and that of its product, the location is looked at once more with that write, and every idempotency key and id meets a unique index. A holder that is not remembered is
 * assumed to hold nothing: inserting a holding that exists already fails. A refusal and a dry run write nothing that could be guarded,
 * so a batch with one is always decided on a read.
 */
export class OwnCommits {
  readonly #levels = new Map<string, StoredLevel>();
  readonly #products = new Map<string, Product>();
  readonly #locations = new Map<string, Location>();
  readonly #holdings = new Map<string, Holding>();
  readonly #clock = new ServerClock();
  /** All that were active when they were read, and until when that may be guessed. */
  #active: { readonly ids: readonly string[]; readonly until: number } | undefined;
  #pause = 0;
  #toRead = 0;

  /** A state to decide these commands on without a read, or `undefined` if they need one. */
  guess(commands: readonly Command[]): Loaded | undefined {
    if (this.#toRead > 0) {
      this.#toRead -= 1;
      return undefined;
    }
    const now = this.#clock.now();
    if (now === undefined || !commands.every(isGuarded)) return undefined;
    const named = readsOf(commands);
    if (named.lists.size > 0 && (this.#active === undefined || now >= this.#active.until)) return undefined;
    const first = this.#remembered(named);
    if (first === undefined || named.lists.size === 0) return first && { snapshot: snapshotOf(first), now };
    const plan = new ReadPlan(commands);
    plan.next();
    plan.add(first);
    const behind = plan.next();
    const elsewhere = behind && this.#remembered(behind);
    if (behind !== undefined && elsewhere === undefined) return undefined;
    if (elsewhere !== undefined) plan.add(elsewhere);
    return { snapshot: plan.snapshot, now };
  }

  /** All that is to be read, or `undefined` where something of it is not remembered. */
  #remembered(reads: Reads): LoadedEntities | undefined {
    const ids = new Set<string>(
      reads.lists.size === 0 ? reads.locations : [...reads.locations, ...(this.#active?.ids ?? [])],
    );
    const levels = allOf(this.#levels, reads.levels);
    const products = allOf(this.#products, reads.products);
    const locations = allOf(this.#locations, ids);
    // What a customer has bought of a product that limits it is not remembered.
    if (products?.some(({ countsPurchases }) => countsPurchases)) return undefined;
    const holdings = [...reads.holdings].flatMap((holder) => this.#holdings.get(holder) ?? []);
    return levels && products && locations && { levels, products, locations, holdings };
  }

  /** Notes whether a guess was written. If not, forgets what it was based on, and pauses guessing. */
  guessed(right: boolean, commands: readonly Command[]): void {
    if (right) {
      this.#pause = 0;
      return;
    }
    this.forget(readsOf(commands));
    this.#pause = Math.min(pauseMax, Math.max(1, this.#pause * 2));
    this.#toRead = this.#pause;
  }

  read({ snapshot, now }: Loaded, tookMs: number, commands: readonly Command[]): void {
    this.#clock.read(now, tookMs);
    const { levels, products, locations, holdings } = snapshot;
    this.#learn(levels.values(), products.values(), locations.values(), holdings.values());
    if (readsOf(commands).lists.size === 0) return;
    const ids = [...locations.values()].filter(({ active }) => active).map(({ id }) => id);
    this.#active = { ids, until: now + activeMsMax };
  }

  committed({ levels, products, locations, holdings }: Pick<Batch["writes"], Remembered>): void {
    this.#learn(
      levels.map(({ after }) => after),
      products.map(({ after }) => after),
      locations.map(({ after }) => after),
      holdings.map(({ after }) => after),
    );
  }

  /** Forgets these, whose state is unknown now. */
  forget({ levels, products, locations, holdings }: Pick<Reads, Remembered>): void {
    for (const key of levels) this.#levels.delete(key);
    for (const sku of products) this.#products.delete(sku);
    for (const id of locations) this.#locations.delete(id);
    this.#active = undefined;
    for (const holder of holdings) this.#holdings.delete(holder);
  }

  #learn(
    levels: Iterable<StoredLevel>,
    products: Iterable<Product>,
    locations: Iterable<Location>,
    holdings: Iterable<Holding>,
  ): void {
    for (const level of levels) {
      const key = levelKey(level.sku, level.locationId);
      // Two transactions of one store may end in another order than they committed in.
      if (level.version >= (this.#levels.get(key)?.version ?? 0)) remember(this.#levels, key, level, rememberedMax);
    }
    for (const product of products) {
      if (product.version >= (this.#products.get(product.sku)?.version ?? 0))
        remember(this.#products, product.sku, product, rememberedMax);
    }
    for (const location of locations) {
      if (location.version > (this.#locations.get(location.id)?.version ?? 0)) this.#active = undefined;
      if (location.version >= (this.#locations.get(location.id)?.version ?? 0))
        remember(this.#locations, location.id, location, rememberedMax);
    }
    for (const holding of holdings) {
      if (holding.units === 0) this.#holdings.delete(holding.holder);
      else remember(this.#holdings, holding.holder, holding, holdingsMax);
    }
  }
}

/** Whether what an accepted command rests on is guarded as it is written. A dry run writes nothing, and an order to replace is not remembered. */
function isGuarded(command: Command): boolean {
  return command.type === "PlaceOrder" && command.dryRun !== true && command.replaces === undefined;
}

function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, max: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.size > max ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
}

/** The values of all keys, or `undefined` where one is missing. */
function allOf<Key, Value>(map: ReadonlyMap<Key, Value>, keys: Iterable<Key>): Value[] | undefined {
  const values: Value[] = [];
  for (const key of keys) {
    const value = map.get(key);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
