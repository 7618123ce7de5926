import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type Command,
  type Holding,
  type LevelName,
  needs,
  type Order,
  orderNeeds,
  type Product,
  type Sku,
  type Snapshot,
  snapshotOf,
} from "@holdfast/domain";
import { bodyOf, levelOf, type Row } from "./rows.ts";
import { TallyReader } from "./tally-reader.ts";

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
    this.#product = db.prepare("SELECT body FROM products WHERE sku = ?");
    this.#level = db.prepare("SELECT * FROM levels WHERE sku = ? AND location_id = ?");
    this.#order = db.prepare("SELECT body FROM orders WHERE id = ?");
    this.#productClaim = db.prepare("SELECT body FROM products WHERE claim_key = ?");
    this.#orderClaim = db.prepare("SELECT body FROM orders WHERE claim_key = ?");
    this.#correctionClaim = db.prepare("SELECT body FROM corrections WHERE claim_key = ?");
    this.#adjustmentClaim = db.prepare("SELECT body FROM adjustments WHERE claim_key = ?");
    this.#holding = db.prepare("SELECT units FROM holdings WHERE holder = ?");
  }

  read(commands: readonly Command[]): Snapshot {
    const named = needs(commands);
    const orders = [...each(this.#order, named.orders), ...each(this.#orderClaim, named.orderClaims)].map(
      (row): Order => bodyOf("order", row),
    );
    const more = orderNeeds(orders, named);
    return snapshotOf({
      products: [
        ...this.#products(named.products),
        ...each(this.#productClaim, named.productClaims).map((row) => bodyOf("product", row)),
      ],
      levels: [...this.#levels(named.levels.values()), ...this.#levels(more.levels.values())],
      orders,
      corrections: each(this.#correctionClaim, named.correctionClaims).map((row) => bodyOf("correction", row)),
      adjustments: each(this.#adjustmentClaim, named.adjustmentClaims).map((row) => bodyOf("adjustment", row)),
      holdings: [...this.#holdings(named.holders), ...this.#holdings(more.holders)],
      tallies: [...named.tallies.values()].flatMap((level) => this.#tallies.read(level) ?? []),
    });
  }

  *#products(skus: Iterable<Sku>): Generator<Product> {
    for (const sku of skus) {
      const known = this.#known.get(sku);
      if (known !== undefined) {
        yield known;
        continue;
      }
      const row = this.#product.get(sku);
      if (row === undefined) continue;
      const product = bodyOf("product", row);
      if (this.#known.size === productsMax) this.#known.clear();
      this.#known.set(sku, product);
      yield product;
    }
  }

  *#holdings(holders: Iterable<string>): Generator<Holding> {
    for (const holder of holders) {
      const row = this.#holding.get(holder);
      if (row !== undefined) yield { holder, units: Number(row["units"]) };
    }
  }

  #levels(names: Iterable<LevelName>) {
    const levels = [];
    for (const { sku, locationId } of names) {
      const row = this.#level.get(sku, locationId);
      if (row !== undefined) levels.push(levelOf(row));
    }
    return levels;
  }
}

function each(statement: StatementSync, keys: Iterable<string>): Row[] {
  const rows: Row[] = [];
  for (const key of keys) {
    const row = statement.get(key);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
