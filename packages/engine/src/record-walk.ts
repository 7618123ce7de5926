import {
  declarationOf,
  type Entities,
  entityNames,
  type JournalEntry,
  type OrderId,
  type Read,
  type ShownOrder,
  type Sku,
  Unreadable,
} from "@holdfast/domain";
import { MissingLevels } from "./missing-levels.ts";
import { aheadMsMax, datedAhead } from "./newest-entries.ts";
import { RecordUnreadable } from "./outages.ts";
import type {
  FeedEntry,
  JournalPlace,
  ListedName,
  ListFilter,
  OrderFilter,
  Queries,
  StockedProduct,
  UnreadableEntry,
  UnreadableFeedEntry,
  UnreadableOrder,
  UnreadableProduct,
} from "./ports/queries.ts";

/** Read at a time: a few milliseconds, between which others get their turn. Journal entries are large. */
const recordsPerRead = 200;
const entriesPerRead = 20;

/** One page of the walk. */
export interface WalkedPage {
  readonly unreadable: readonly Unreadable[];
  /** It was the last one; the next one begins anew. */
  readonly done: boolean;
}

type Step = () => Promise<WalkedPage>;

type WalkedQueries = Pick<Queries, "now" | "product" | "products" | "orders" | "list" | "feed" | "journal">;

/** Entities that are found in `Queries.list`. */
export const listedNames = entityNames.filter(
  (name): name is ListedName => !["products", "levels", "orders"].includes(name),
);

/**
 * Looks at every record but API keys, or at those of one SKU: whether it can be read, whether an entry is of a time
 * that has come, and whether the levels that it has moved are there. Page by page; a page that fails is tried again by the next call.
 */
export class RecordWalk {
  readonly #queries: WalkedQueries;
  readonly #sku: Sku | undefined;
  #missing: MissingLevels;
  /** The store's time when it was last asked for. */
  #now = 0;
  #steps: Step[] = [];

  constructor(queries: WalkedQueries, sku?: Sku) {
    this.#queries = queries;
    this.#sku = sku;
    this.#missing = new MissingLevels(queries);
  }

  async page(): Promise<WalkedPage> {
    if (this.#steps.length === 0) this.#begin();
    const [step] = this.#steps;
    if (step === undefined) return { unreadable: [], done: true };
    const page = await step();
    if (page.done) this.#steps.shift();
    return { ...page, done: this.#steps.length === 0 };
  }

  #begin(): void {
    this.#missing = new MissingLevels(this.#queries);
    this.#steps = this.#sku === undefined ? this.#everything() : this.#everythingOf(this.#sku);
  }

  #everything(): Step[] {
    const { products, feed } = this.#queries;
    const allProducts = steps<StockedProduct | UnreadableProduct, Sku>(
      (after) => products({ limit: recordsPerRead, ...(after && { after }) }),
      recordsPerRead,
      (found) => ("unreadable" in found ? found.sku : found.product.sku),
      async (found) => {
        if (!("unreadable" in found)) this.#missing.found(found);
        return unreadableIn(found);
      },
    );
    const wholeJournal = steps<FeedEntry | UnreadableFeedEntry, number>(
      (after) => feed({ limit: entriesPerRead, ...(after && { after }) }),
      entriesPerRead,
      ({ position }) => position,
      (entry) => this.#faultsOf(entry),
    );
    return [allProducts, this.#orders({}), ...listedNames.map((name) => this.#list(name, {})), wholeJournal];
  }

  #everythingOf(sku: Sku): Step[] {
    const { journal } = this.#queries;
    const itsJournal = steps<JournalEntry | UnreadableEntry, JournalPlace>(
      (after) => journal(sku, { limit: entriesPerRead, ...(after && { after }) }),
      entriesPerRead,
      ({ at, id }) => ({ at, id }),
      (entry) => this.#faultsOf(entry),
    );
    return [() => this.#product(sku), this.#orders({ sku }), this.#list("adjustments", { sku }), itsJournal];
  }

  #orders(filter: OrderFilter): Step {
    return steps<ShownOrder | UnreadableOrder, OrderId>(
      (after) => this.#queries.orders(filter, { limit: recordsPerRead, ...(after && { after }) }),
      recordsPerRead,
      ({ id }) => id,
      async (found) => unreadableIn(found),
    );
  }

  #list<N extends ListedName>(name: N, filter: ListFilter<N>): Step {
    const { keyOf } = declarationOf(name);
    return steps<Read<Entities[N]>, string>(
      (after) => this.#queries.list(name, filter, { limit: recordsPerRead, ...(after !== undefined && { after }) }),
      recordsPerRead,
      (found) => (found instanceof Unreadable ? found.id : keyOf(found)),
      async (found) => unreadableIn(found),
    );
  }

  async #product(sku: Sku): Promise<WalkedPage> {
    try {
      const product = await this.#queries.product(sku);
      if (product !== undefined) this.#missing.found(product);
      return { unreadable: [], done: true };
    } catch (error) {
      if (error instanceof RecordUnreadable) return { unreadable: [error.record], done: true };
      throw error;
    }
  }

  async #faultsOf(entry: JournalEntry | UnreadableEntry): Promise<Unreadable[]> {
    if ("unreadable" in entry) return [entry.unreadable];
    const missing = await this.#missing.in(entry, this.#sku);
    return (await this.#isAhead(entry)) ? [datedAhead(entry), ...missing] : missing;
  }

  /** Asks for the time only where what it knows of it leaves a doubt. */
  async #isAhead({ at }: JournalEntry): Promise<boolean> {
    if (at <= this.#now + aheadMsMax) return false;
    this.#now = await this.#queries.now();
    return at > this.#now + aheadMsMax;
  }
}

/** A list from its beginning to its end, a page a call. */
function steps<Item extends object, Place>(
  read: (after: Place | undefined) => Promise<readonly Item[]>,
  limit: number,
  placeOf: (item: Item) => Place,
  faultsOf: (item: Item) => Promise<readonly Unreadable[]>,
): Step {
  let after: Place | undefined;
  return async () => {
    const page = await read(after);
    const unreadable: Unreadable[] = [];
    for (const item of page) unreadable.push(...(await faultsOf(item)));
    const last = page.at(-1);
    if (last !== undefined) after = placeOf(last);
    return { unreadable, done: page.length < limit };
  };
}

function unreadableIn(item: object): Unreadable[] {
  if (item instanceof Unreadable) return [item];
  return "unreadable" in item && item.unreadable instanceof Unreadable ? [item.unreadable] : [];
}

/** Every record that cannot be read, each once, as `RecordWalk` goes. */
export async function unreadableRecords(queries: WalkedQueries, sku?: Sku): Promise<Unreadable[]> {
  const walk = new RecordWalk(queries, sku);
  const found = new Map<string, Unreadable>();
  for (let done = false; !done; ) {
    const page = await walk.page();
    for (const record of page.unreadable) found.set(`${record.kind} ${record.id}`, record);
    done = page.done;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return [...found.values()];
}
