import {
  addedBy,
  type Batch,
  type ClaimedName,
  claimedNames,
  type Entity,
  type EntityName,
  entityNames,
  type Write,
} from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";

/** Writes every other new record of one entity, and all of the others. */
class LosesRecords extends MemoryTables {
  readonly #name: EntityName;
  #added = 0;

  constructor(name: EntityName) {
    super();
    this.#name = name;
  }

  override write(id: string, batch: Batch): void {
    const writes: readonly Write<Entity>[] = batch.writes[this.#name];
    const kept = writes.filter(({ before }) => {
      if (before === undefined) this.#added += 1;
      return before !== undefined || this.#added % 2 === 0;
    });
    super.write(id, { ...batch, writes: { ...batch.writes, [this.#name]: kept } });
  }
}

/** Keeps no idempotency key of one entity. */
class LosesKeys extends MemoryTables {
  readonly #name: ClaimedName;

  constructor(name: ClaimedName) {
    super();
    this.#name = name;
  }

  override write(id: string, batch: Batch): void {
    super.write(id, batch);
    const added: readonly Entity[] = addedBy<Entity>(batch.writes[this.#name]);
    if (added.length > 0) this.claims[this.#name].clear();
  }
}

/** For each entity a store that loses some of it, and one that loses its keys: a new entity has to be watched as well. */
export const forgetfulStores: Readonly<Record<string, Planted>> = Object.fromEntries([
  ...entityNames.map((name) => [`some new ${name} are not written`, { tables: () => new LosesRecords(name) }]),
  ...claimedNames.map((name) => [`keys of ${name} are forgotten`, { tables: () => new LosesKeys(name) }]),
]);
