import {
  type Command,
  decideBatch,
  type Instant,
  isReadable,
  type LocationId,
  levelKey,
  movementsOf,
  type OrderId,
  type Sku,
  type StockFigures,
  type StoredLevel,
  type TransferId,
} from "@holdfast/domain";
import { type DecideBatch, Engine } from "@holdfast/engine";
import { MemoryStore, MemoryTables } from "@holdfast/memory-store";
import { createProduct } from "./models/create-product.ts";
import { allModels } from "./models/models.ts";
import { Random } from "./random.ts";
import { type Edit, randomEdit } from "./system/random-edit.ts";
import { epoch } from "./system/store-clock.ts";

/** Commands that come together, `wait` milliseconds after the ones before. */
interface Group {
  readonly waitMs: number;
  readonly commands: readonly Command[];
  /** Edits of levels by hand before them. */
  readonly edits: readonly Edit[];
  /** Whether folds are moved on before. */
  readonly folds: boolean;
}

/**
 * Plays the same random sequence on two shops, on one in batches and on the other one command at a time. @returns the first difference
 * between their answers or their final states; `undefined` if there is none
 */
export async function differenceOf(seed: number, decide: DecideBatch = decideBatch): Promise<string | undefined> {
  const together = new Shop(decide);
  const apart = new Shop(decide);
  for (const { waitMs, commands, edits, folds } of randomGroups(new Random(seed), together)) {
    for (const shop of [together, apart]) {
      shop.now += waitMs;
      for (const edit of edits) shop.edit(edit);
      if (folds) shop.fold();
    }
    const batched = await Promise.all(commands.map((command) => together.ask(command)));
    for (const [index, command] of commands.entries()) {
      const alone = await apart.ask(command);
      if (alone !== batched[index]) {
        return `seed ${seed}: ${JSON.stringify(command)} gives ${batched[index]} in a batch and ${alone} alone`;
      }
    }
  }
  const [held, heldApart] = [together.state(), apart.state()];
  return held === heldApart ? undefined : `seed ${seed}: batches leave ${held} and single commands ${heldApart}`;
}

class Shop {
  now = epoch;
  readonly #tables = new MemoryTables();
  readonly #engine: Engine;

  constructor(decide: DecideBatch) {
    const store = new MemoryStore(this.#tables, () => this.now as Instant);
    let batches = 0;
    this.#engine = new Engine({
      store: { transact: (transaction) => store.transact({ ...transaction, decide }) },
      newBatchId: () => {
        batches += 1;
        return String(batches).padStart(26, "0");
      },
    });
  }

  async ask(command: Command): Promise<string> {
    return await this.#engine.submit(command).then(JSON.stringify, String);
  }

  get levels(): ReadonlyMap<string, StoredLevel> {
    return this.#tables.entities.levels;
  }

  /** Moves the folds of all levels on, which must make no difference. */
  fold(): void {
    for (const level of this.levels.values()) this.#tables.foldOn(level);
  }

  edit({ key, change }: Edit): void {
    const { levels } = this.#tables.entities;
    const level = levels.get(key);
    if (level !== undefined) levels.set(key, { ...level, ...change });
  }

  readonly sourcesOf = (sku: Sku, locationId: LocationId): StockFigures | undefined => {
    const level = this.levels.get(levelKey(sku, locationId));
    const recount = level && this.#tables.recount(level, "never");
    return recount && isReadable(recount) ? recount.sources : undefined;
  };

  /** Everything that it stores, except how the journal is cut into entries. */
  state(): string {
    const { entities, claims, journal } = this.#tables;
    const maps = [...Object.values(entities), ...Object.values(claims)];
    return JSON.stringify([maps.map((map) => [...map].sort()), journal.flatMap(movementsOf)]);
  }
}

/** Draws one group after another. A draw may look at what earlier groups have done, in either shop. */
function* randomGroups(random: Random, shop: Shop): Iterable<Group> {
  const skus = ["tea", "cup", "pot"].slice(0, random.between(1, 3)) as Sku[];
  const price = { amount: 450, currency: "EUR" };
  const stocked = skus.map((sku) => createProduct({ sku, name: "Fine", price, totalStock: random.between(0, 9) }, sku));
  // One SKU is left for the sequence to create.
  yield { waitMs: 0, commands: stocked.slice(0, 2), edits: [], folds: false };
  let ids = 0;
  const next = (): Command => {
    ids += 1;
    return randomCommand(random, skus, ids, shop);
  };
  for (let left = random.between(1, 6); left > 0; left -= 1) {
    const edits = random.chance(0.15) ? [randomEdit(random, shop.levels)] : [];
    const waitMs = random.pick([0, 1_000, 5_000]);
    const folds = random.chance(0.3);
    yield { waitMs, edits, folds, commands: Array.from({ length: random.between(1, 8) }, next) };
  }
}

function randomCommand(random: Random, skus: readonly Sku[], number: number, shop: Shop): Command {
  const id = String(number).padStart(26, "0");
  const sku = random.pick(skus);
  const claim = random.chance(0.4)
    ? { key: random.pick(["k1", "k2", "k3"]), fingerprint: random.pick(["f", "f", "other"]) }
    : undefined;
  const locationId = random.pick(["main", "main", "berlin"]) as LocationId;
  const orderId = `ord_${String(random.between(1, number)).padStart(26, "0")}` as OrderId;
  const transferId = `trf_${String(random.between(1, number)).padStart(26, "0")}` as TransferId;
  const [, model] = random.weighted(allModels, ([, { sequence }]) => sequence.share);
  return model.sequence.draw({
    random,
    id,
    skus,
    sku,
    locationId,
    orderId,
    transferId,
    claim,
    sourcesOf: shop.sourcesOf,
  });
}
