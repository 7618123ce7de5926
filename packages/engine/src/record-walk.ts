import { type OrderId, type Sku, Unreadable } from "@holdfast/domain";
import { RecordUnreadable } from "./outages.ts";
import type { JournalPlace, Queries, StockedProduct, UnreadableProduct } from "./ports/queries.ts";

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

/**
 * Looks at every product, order and journal entry, or at those of one SKU, for whether it can be read: page by page. A page
 * that fails is tried again by the next call.
 */
export class RecordWalk {
  readonly #queries: Pick<Queries, "product" | "products" | "orders" | "feed" | "journal">;
  readonly #sku: Sku | undefined;
  #steps: Step[] = [];

  constructor(queries: Pick<Queries, "product" | "products" | "orders" | "feed" | "journal">, sku?: Sku) {
    this.#queries = queries;
    this.#sku = sku;
  }

  async page(): Promise<WalkedPage> {
    if (this.#steps.length === 0) this.#steps = this.#allSteps();
    const [step] = this.#steps;
    if (step === undefined) return { unreadable: [], done: true };
    const page = await step();
    if (page.done) this.#steps.shift();
    return { ...page, done: this.#steps.length === 0 };
  }

  #allSteps(): Step[] {
    const sku = this.#sku;
    const { products, orders, feed, journal } = this.#queries;
    const filter = sku === undefined ? {} : { sku };
    const allOrders = steps<{ id: string }, OrderId>(
      (after) => orders(filter, { limit: recordsPerRead, ...(after && { after }) }),
      recordsPerRead,
      ({ id }) => id as OrderId,
    );
    if (sku !== undefined) {
      const itsJournal = steps<JournalPlace, JournalPlace>(
        (after) => journal(sku, { limit: entriesPerRead, ...(after && { after }) }),
        entriesPerRead,
        ({ at, id }) => ({ at, id }),
      );
      return [() => this.#product(sku), allOrders, itsJournal];
    }
    const allProducts = steps<StockedProduct | UnreadableProduct, Sku>(
      (after) => products({ limit: recordsPerRead, ...(after && { after }) }),
      recordsPerRead,
      (found) => ("unreadable" in found ? found.sku : found.product.sku),
    );
    const wholeJournal = steps<{ position: number }, number>(
      (after) => feed({ limit: entriesPerRead, ...(after && { after }) }),
      entriesPerRead,
      ({ position }) => position,
    );
    return [allProducts, allOrders, wholeJournal];
  }

  async #product(sku: Sku): Promise<WalkedPage> {
    try {
      await this.#queries.product(sku);
      return { unreadable: [], done: true };
    } catch (error) {
      if (error instanceof RecordUnreadable) return { unreadable: [error.record], done: true };
      throw error;
    }
  }
}

/** A list from its beginning to its end, a page a call. */
function steps<Item extends object, Place>(
  read: (after: Place | undefined) => Promise<readonly Item[]>,
  limit: number,
  placeOf: (item: Item) => Place,
): Step {
  let after: Place | undefined;
  return async () => {
    const page = await read(after);
    const last = page.at(-1);
    if (last !== undefined) after = placeOf(last);
    return { unreadable: page.flatMap(unreadableIn), done: page.length < limit };
  };
}

function unreadableIn(item: object): Unreadable[] {
  if (item instanceof Unreadable) return [item];
  return "unreadable" in item && item.unreadable instanceof Unreadable ? [item.unreadable] : [];
}

/** Every record that cannot be read, each once, as `RecordWalk` goes. */
export async function unreadableRecords(
  queries: Pick<Queries, "product" | "products" | "orders" | "feed" | "journal">,
  sku?: Sku,
): Promise<Unreadable[]> {
  const walk = new RecordWalk(queries, sku);
  const found: Unreadable[] = [];
  for (let done = false; !done; ) {
    const page = await walk.page();
    found.push(...page.unreadable);
    done = page.done;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}
