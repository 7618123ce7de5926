import { type JournalEntry, type LevelName, levelKey, type Sku, Unreadable } from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { Queries, StockedProduct } from "./ports/queries.ts";

/** Level names remembered at most: some ten megabytes. A name that was forgotten is looked up again. */
const namesMax = 100_000;

const gone = "is not there, and the journal has moved its stock";

/**
 * Finds stock levels that the journal has moved and that are gone, since someone has deleted them. No comparison of levels would
 * notice: it goes through the levels that there are.
 */
export class MissingLevels {
  readonly #queries: Pick<Queries, "product">;
  /** There, or reported as what they are. */
  readonly #settled = new Set<string>();
  readonly #missing = new Map<string, Unreadable>();

  constructor(queries: Pick<Queries, "product">) {
    this.#queries = queries;
  }

  /** Takes down levels that are there, so that they need not be looked up. */
  found({ levels }: Pick<StockedProduct, "levels">): void {
    for (const { sku, locationId } of levels) this.#settle(levelKey(sku, locationId));
  }

  /** Those that a journal entry has moved, of one SKU where it is given. */
  async in({ levelsBefore }: Pick<JournalEntry, "levelsBefore">, sku?: Sku): Promise<Unreadable[]> {
    const missing: Unreadable[] = [];
    for (const level of levelsBefore) {
      const key = levelKey(level.sku, level.locationId);
      if ((sku !== undefined && level.sku !== sku) || this.#settled.has(key)) continue;
      const record = this.#missing.get(key) ?? (await this.#lookUp(level));
      if (record === undefined) this.#settle(key);
      else {
        this.#missing.set(key, record);
        missing.push(record);
      }
    }
    return missing;
  }

  async #lookUp({ sku, locationId }: LevelName): Promise<Unreadable | undefined> {
    try {
      const product = await this.#queries.product(sku);
      if (product === undefined) return new Unreadable("product", sku, gone);
      this.found(product);
      const isThere = product.levels.some((level) => level.locationId === locationId);
      return isThere ? undefined : new Unreadable("stock_level", levelKey(sku, locationId), gone);
    } catch (error) {
      if (error instanceof RecordUnreadable) return undefined; // reported where products and levels are walked
      throw error;
    }
  }

  #settle(key: string): void {
    if (this.#settled.size >= namesMax) this.#settled.clear();
    this.#settled.add(key);
  }
}
