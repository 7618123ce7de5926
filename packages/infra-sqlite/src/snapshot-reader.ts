import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type Command,
  type Holding,
  isReadable,
  type LevelName,
  needs,
  orderNeeds,
  type Product,
  type Read,
  readHolding,
  type Sku,
  type Snapshot,
  type StockLevel,
  snapshotOf,
  Unreadable,
} from "@holdfast/domain";
import { adjustmentOf, correctionOf, firstRow, levelOf, orderOf, productOf, type Row } from "./rows.ts";
import { TallyReader } from "./tally-reader.ts";

/** What an order is read from. */
const orderColumns = "id, version, status, expires_at, claim_key, body";

/** Products kept at hand at most: a few megabytes. */
const productsMax = 20_000;

/** Loads what a batch of commands needs. Call it inside a transaction: then it is one consistent read. */
export class SnapshotReader {
  readonly #product: StatementSync;
  readonly #level: StatementSync;
  readonly #order: StatementSync;
  readonly #productClaim: StatementSync;
  readonly #orderClaim: StatementSync;
  readonly #adjustmentClaim: StatementSync;
  readonly #correctionClaim: StatementSync;
  readonly #holding: StatementSync;
  readonly #tallies: TallyReader;
  /** Those that were read before. A product never changes, and none is ever taken away. */
  readonly #known = new Map<Sku, Product>();

  constructor(db: DatabaseSync) {
    this.#tallies = new TallyReader(db);
    this.#product = db.prepare("SELECT sku, body FROM products WHERE sku = ?");
    this.#level = db.prepare("SELECT * FROM levels WHERE sku = ? AND location_id = ?");
    this.#order = db.prepare(`SELECT ${orderColumns} FROM orders WHERE id = ?`);
    this.#productClaim = db.prepare("SELECT sku, claim_key, body FROM products WHERE claim_key = ?");
    this.#orderClaim = db.prepare(`SELECT ${orderColumns} FROM orders WHERE claim_key = ?`);
    this.#adjustmentClaim = db.prepare("SELECT id, claim_key, body FROM adjustments WHERE claim_key = ?");
    this.#correctionClaim = db.prepare("SELECT id, claim_key, body FROM corrections WHERE claim_key = ?");
    this.#holding = db.prepare("SELECT units FROM holdings WHERE holder = ?");
  }

  read(commands: readonly Command[]): Snapshot {
    const named = needs(commands);
    const orders = [...each(this.#order, named.orders), ...each(this.#orderClaim, named.orderClaims)].map(orderOf);
    const more = orderNeeds(orders.filter(isReadable), named);
    return snapshotOf({
      products: [...this.#products(named.products), ...each(this.#productClaim, named.productClaims).map(productOf)],
      levels: [...this.#levels(named.levels.values()), ...this.#levels(more.levels.values())],
      orders,
      adjustments: each(this.#adjustmentClaim, named.adjustmentClaims).map(adjustmentOf),
      corrections: each(this.#correctionClaim, named.correctionClaims).map(correctionOf),
      holdings: [...this.#holdings(named.holders), ...this.#holdings(more.holders)],
      tallies: [...named.tallies.values()].flatMap((level) => this.#tallies.read(level) ?? []),
    });
  }

  *#products(skus: Iterable<Sku>): Generator<Read<Product>> {
    for (const sku of skus) {
      const known = this.#known.get(sku);
      if (known !== undefined) {
        yield known;
        continue;
      }
      const row = firstRow(this.#product, sku);
      if (row === undefined) continue;
      const product = productOf(row);
      if (product instanceof Unreadable) {
        yield product;
        continue;
      }
      if (this.#known.size === productsMax) this.#known.clear();
      this.#known.set(sku, product);
      yield product;
    }
  }

  *#holdings(holders: Iterable<string>): Generator<Read<Holding>> {
    for (const holder of holders) {
      const row = firstRow(this.#holding, holder);
      if (row !== undefined) yield readHolding(holder, { holder, units: row["units"] });
    }
  }

  #levels(names: Iterable<LevelName>) {
    const levels: Read<StockLevel>[] = [];
    for (const { sku, locationId } of names) {
      const row = firstRow(this.#level, sku, locationId);
      if (row !== undefined) levels.push(levelOf(row));
    }
    return levels;
  }
}

function each(statement: StatementSync, keys: Iterable<string>): Row[] {
  const rows: Row[] = [];
  for (const key of keys) {
    const row = firstRow(statement, key);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
