import {
  declarationOf,
  type Entities,
  type EntityName,
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

/** Read at a time: a few milliseconds, between which others get their turn. */
export const recordsPerRead = 200;
/** Journal entries are large. */
const entriesPerRead = 20;

/** One page of a walk. */
export interface WalkedPage {
  /** How many records were looked at. */
  readonly records: number;
  readonly unreadable: readonly Unreadable[];
  /** It was the last one; the next one begins anew. */
  readonly done: boolean;
}

/** Goes through all records of one kind again and again. */
export interface RecordWalk {
  readonly of: EntityName | "journal";
  /** Looks at the next page: whether each record can be read. A page that fails is read again by the next call. */
  page(): Promise<WalkedPage>;
}

export type WalkedQueries = Pick<Queries, "now" | "product" | "products" | "orders" | "list" | "feed" | "journal">;

/** Entities that are found in `Queries.list`. */
export const listedNames = entityNames.filter((name): name is ListedName => !["products", "orders"].includes(name));

/**
 * Walks over every record but API keys, each kind by itself, the journal last. The one over the journal also looks whether each entry is
 * of a time that has come, and whether the levels that it has moved are there.
 */
export function recordWalks(queries: WalkedQueries): readonly RecordWalk[] {
  const entries = new EntryFaults(queries);
  const { products, feed } = queries;
  const allProducts = walk<StockedProduct | UnreadableProduct, Sku>("products", {
    begins: () => entries.forget(),
    read: (paging) => products(paging),
    placeOf: (found) => ("unreadable" in found ? found.sku : found.product.sku),
    faultsOf: (found) => {
      if (!("unreadable" in found)) entries.found(found);
      // Its levels have a walk of their own.
      return unreadableIn(found).filter(({ kind }) => kind === "product");
    },
  });
  const wholeJournal = walk<FeedEntry | UnreadableFeedEntry, number>("journal", {
    limit: entriesPerRead,
    read: (paging) => feed(paging),
    placeOf: ({ position }) => position,
    faultsOf: (entry) => entries.of(entry),
  });
  const listed = listedNames.map((name) => listWalk(queries, name, {}));
  return [allProducts, orderWalk(queries, {}), ...listed, wholeJournal];
}

/** The same of what one SKU has. */
function recordWalksOf(queries: WalkedQueries, sku: Sku): readonly RecordWalk[] {
  const entries = new EntryFaults(queries, sku);
  const itsJournal = walk<JournalEntry | UnreadableEntry, JournalPlace>("journal", {
    limit: entriesPerRead,
    read: (paging) => queries.journal(sku, paging),
    placeOf: ({ at, id }) => ({ at, id }),
    faultsOf: (entry) => entries.of(entry),
  });
  const itself: RecordWalk = {
    of: "products",
    async page() {
      const unreadable: Unreadable[] = [];
      try {
        const product = await queries.product(sku);
        if (product !== undefined) entries.found(product);
      } catch (error) {
        if (!(error instanceof RecordUnreadable)) throw error;
        unreadable.push(error.record);
      }
      return { records: 1, unreadable, done: true };
    },
  };
  return [itself, orderWalk(queries, { sku }), listWalk(queries, "adjustments", { sku }), itsJournal];
}

/** Every record that cannot be read, all or those of one SKU, each once. */
export async function unreadableRecords(queries: WalkedQueries, sku?: Sku): Promise<Unreadable[]> {
  const found = new Map<string, Unreadable>();
  for (const each of sku === undefined ? recordWalks(queries) : recordWalksOf(queries, sku)) {
    for (let done = false; !done; ) {
      const page = await each.page();
      for (const record of page.unreadable) found.set(`${record.kind} ${record.id}`, record);
      done = page.done;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return [...found.values()];
}

/** What is wrong with journal entries, in what they say too. */
class EntryFaults {
  readonly #queries: Pick<Queries, "now" | "product">;
  readonly #sku: Sku | undefined;
  #missing: MissingLevels;
  /** The store's time when it was last asked for. */
  #now = 0;

  constructor(queries: Pick<Queries, "now" | "product">, sku?: Sku) {
    this.#queries = queries;
    this.#sku = sku;
    this.#missing = new MissingLevels(queries);
  }

  /** Takes down levels that are there, so that they need not be looked up. */
  found(product: StockedProduct): void {
    this.#missing.found(product);
  }

  /** Forgets which levels are there: someone may delete one. */
  forget(): void {
    this.#missing = new MissingLevels(this.#queries);
  }

  async of(entry: JournalEntry | UnreadableEntry): Promise<Unreadable[]> {
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

interface WalkParts<Item extends object, Place> {
  readonly limit?: number;
  readonly read: (paging: { readonly limit: number; readonly after?: Place }) => Promise<readonly Item[]>;
  readonly placeOf: (item: Item) => Place;
  readonly faultsOf: (item: Item) => readonly Unreadable[] | Promise<readonly Unreadable[]>;
  /** Called as each round begins. */
  readonly begins?: () => void;
}

/** A list from its beginning to its end, and again. */
function walk<Item extends object, Place>(
  of: RecordWalk["of"],
  { limit = recordsPerRead, read, placeOf, faultsOf, begins }: WalkParts<Item, Place>,
): RecordWalk {
  let after: Place | undefined;
  return {
    of,
    async page() {
      if (after === undefined) begins?.();
      const page = await read({ limit, ...(after !== undefined && { after }) });
      const unreadable: Unreadable[] = [];
      for (const item of page) unreadable.push(...(await faultsOf(item)));
      const done = page.length < limit;
      const last = page.at(-1);
      after = done || last === undefined ? undefined : placeOf(last);
      return { records: page.length, unreadable, done };
    },
  };
}

function orderWalk({ orders }: WalkedQueries, filter: OrderFilter): RecordWalk {
  return walk<ShownOrder | UnreadableOrder, OrderId>("orders", {
    read: (paging) => orders(filter, paging),
    placeOf: ({ id }) => id,
    faultsOf: unreadableIn,
  });
}

function listWalk<N extends ListedName>({ list }: WalkedQueries, name: N, filter: ListFilter<N>): RecordWalk {
  const { keyOf } = declarationOf(name);
  return walk<Read<Entities[N]>, string>(name, {
    read: (paging) => list(name, filter, paging),
    placeOf: (found) => (found instanceof Unreadable ? found.id : keyOf(found)),
    faultsOf: unreadableIn,
  });
}

function unreadableIn(item: object): readonly Unreadable[] {
  if (item instanceof Unreadable) return [item];
  return "unreadable" in item && item.unreadable instanceof Unreadable ? [item.unreadable] : [];
}
