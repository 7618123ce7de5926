import {
  type Batch,
  type ClaimedName,
  type Command,
  claimedNames,
  type Entity,
  type EntityName,
  eachEntity,
  isReadable,
  type Loaded,
  levelNameOf,
  type Product,
  type Read,
  ReadPlan,
  type Reads,
  type Snapshot,
  type Trust,
} from "@holdfast/domain";
import { entityTables } from "./entity-table.ts";
import { RecountReader } from "./recount-reader.ts";
import { entityOf, firstRow } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";

/** How many products are cached: a few megabytes. */
const productsMax = 20_000;

interface Statements {
  readonly byKey: SqlStatement;
  readonly byClaim: SqlStatement | undefined;
}

/** Loads what a batch of commands reads. Call it inside a transaction: then it is one consistent read. */
export class SnapshotReader {
  readonly #statements: { readonly [N in EntityName]: Statements };
  readonly #recounts: RecountReader;
  /** Products as of the commit that the journal had come to. Each order reads some, and few of them ever change. */
  readonly #products = new Map<string, Product>();
  #journalEnd = -1;

  constructor(db: SqlDatabase) {
    this.#recounts = new RecountReader(db);
    this.#statements = eachEntity((name) => {
      const { byKey, byClaim } = entityTables[name];
      return { byKey: db.prepare(byKey), byClaim: byClaim === undefined ? undefined : db.prepare(byClaim) };
    });
  }

  /** `journalEnd`: the last position that this read sees. */
  read(commands: readonly Command[], journalEnd: number): Snapshot {
    if (journalEnd !== this.#journalEnd) this.#products.clear();
    this.#journalEnd = journalEnd;
    const plan = new ReadPlan(commands);
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) plan.add(this.#load(reads));
    return plan.snapshot;
  }

  /** The batch that was read last is committed: the cached products are valid for the new end of the journal. */
  committed({ writes }: Pick<Batch, "writes">): void {
    this.#journalEnd += 1;
    for (const { after } of writes.products) this.#products.delete(after.sku);
  }

  #load(reads: Reads): Loaded {
    const loaded = eachEntity<{ readonly [N in EntityName]: Read<Entity>[] }>((name) =>
      name === "products" ? this.#loadProducts(reads.products) : this.#byKey(name, reads[name]),
    );
    for (const name of claimedNames) loaded[name].push(...this.#byClaim(name, reads.claims[name]));
    const recounted = (keys: Iterable<string>, trust: Trust) =>
      [...keys].map((key) => this.#recounts.read(levelNameOf(key), trust));
    const recounts = [...recounted(reads.recounts, "always"), ...recounted(reads.fullRecounts, "never")];
    return { ...(loaded as Loaded), recounts };
  }

  #loadProducts(skus: Iterable<string>): Read<Entity>[] {
    const found: Read<Entity>[] = [];
    const unknown: string[] = [];
    for (const sku of skus) {
      const known = this.#products.get(sku);
      if (known === undefined) unknown.push(sku);
      else found.push(known);
    }
    for (const product of this.#byKey("products", unknown) as Read<Product>[]) {
      found.push(product);
      if (!isReadable(product)) continue;
      if (this.#products.size === productsMax) this.#products.clear();
      this.#products.set(product.sku, product);
    }
    return found;
  }

  #byKey(name: EntityName, keys: Iterable<string>): Read<Entity>[] {
    const table = entityTables[name];
    const { byKey } = this.#statements[name];
    const found: Read<Entity>[] = [];
    for (const key of keys) {
      const row = firstRow(byKey, ...table.keyValues(key));
      if (row !== undefined) found.push(entityOf(name, row));
    }
    return found;
  }

  #byClaim(name: ClaimedName, keys: Iterable<string>): Read<Entity>[] {
    const { byClaim } = this.#statements[name];
    const found: Read<Entity>[] = [];
    for (const key of keys) {
      const row = byClaim && firstRow(byClaim, key);
      if (row !== undefined) found.push(entityOf(name, row));
    }
    return found;
  }
}
