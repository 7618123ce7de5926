import {
  type Command,
  decide,
  decideBatch,
  decideBatchBy,
  driftOf,
  evolve,
  type Instant,
  isReadable,
  type Movement,
  type Outcome,
  type Rules,
  type ShownOrder,
  type Sku,
} from "@holdfast/domain";
import { confirm, idOf, levelNamed, orderId, place, stockOf, wordOf } from "@holdfast/domain/testing";
import { type Commit, type Database, everyRecount, type FeedEntry, movementPage, readable } from "@holdfast/engine";

/** Counted over all shops, so that two on one database never share a transaction's id. */
let transactions = 0;

/** A database as a shop would talk of it: short words for commands, and stock as the four numbers. */
export class Shop {
  readonly database: Database;
  /** Moves the time at which rules decide, in milliseconds. The database's own clock stays as it is. */
  later = 0;
  /** The real ones, unless a test asks for what no command does. */
  rules: Rules = { decide, evolve };

  constructor(database: Database) {
    this.database = database;
  }

  async transact(...commands: readonly Command[]): Promise<Commit> {
    transactions += 1;
    return await this.database.store.transact({
      id: idOf(`${transactions}`),
      commands,
      decide: (snapshot, asked, now) => decideBatchBy(this.rules, snapshot, asked, (now + this.later) as Instant),
      timeoutMs: 20_000,
    });
  }

  /** Commits commands as one batch and tells what became of each, in one word: `ok`, `replayed`, a failure's code or `broken`. */
  async ask(...commands: readonly Command[]): Promise<string[]> {
    return (await this.outcomes(...commands)).map(wordOf);
  }

  async outcomes(...commands: readonly Command[]): Promise<readonly Outcome[]> {
    const commit = await this.transact(...commands);
    if (commit.kind !== "committed") throw new Error(`the batch is ${commit.kind}`, { cause: commit.cause });
    return commit.batch.outcomes;
  }

  /** `total/reserved/committed/available` of `tea`, at main, or of `tea@berlin`. */
  async stock(stockName: string): Promise<string> {
    const { sku, locationId } = levelNamed(stockName);
    const product = await this.database.queries.product(sku);
    return stockOf(product?.levels.find((level) => level.locationId === locationId));
  }

  async order(name: string): Promise<ShownOrder> {
    const order = await this.database.queries.order(orderId(name));
    if (order === undefined) throw new Error(`there is no order ${name}`);
    return order;
  }

  /** What these customers and the tester's key have on hold, as a batch that names them reads it; a holder of nothing is left out. */
  async holdings(customerIds: readonly string[]): Promise<Map<string, number>> {
    transactions += 1;
    const held = new Map<string, number>();
    const bounds = { unitsPerKeyMax: 1 };
    await this.database.store.transact({
      id: idOf(`${transactions}`),
      // The last one, so that every store begins with a read.
      commands: [...customerIds.map((customerId) => place("0", {}, { customerId, bounds })), confirm("0")],
      decide: (snapshot, _asked, now) => {
        for (const { holder, units } of snapshot.holdings.values()) held.set(holder, units);
        return decideBatch(snapshot, [], now);
      },
      timeoutMs: 20_000,
    });
    return held;
  }

  /** The feed to its end, with a place for all that has been committed. */
  async feed(): Promise<FeedEntry[]> {
    const { queries, sequencer } = this.database;
    while (sequencer !== undefined && (await sequencer.stamp(500)) > 0);
    const entries: FeedEntry[] = [];
    for (;;) {
      const page = await queries.feed({ limit: 100, after: entries.length });
      if (page.length === 0) return entries;
      entries.push(...page.filter((entry) => "records" in entry));
    }
  }

  /** A SKU's ledger, newest first. */
  async ledger(sku: string, limit = 100): Promise<Movement[]> {
    const page = await movementPage(this.database.queries, sku as Sku, { limit });
    return page.map(({ movement }) => readable(movement));
  }

  /** Every figure that does not add up, in words. */
  async drift(): Promise<string[]> {
    const found: string[] = [];
    for await (const recount of everyRecount(this.database.queries)) {
      if (!isReadable(recount)) {
        found.push(`${recount.kind} ${recount.id}: ${recount.reason}`);
        continue;
      }
      for (const { sku, counter, source, counted, expected } of driftOf(recount)) {
        found.push(`${sku} ${counter} is ${counted}, ${source} say ${expected}`);
      }
    }
    return found;
  }
}
