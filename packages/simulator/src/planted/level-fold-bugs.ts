import { type Batch, evolve, type LevelName, levelKey, type StoredLevel } from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";

/** Guards levels by their versions alone, and writes a fold only where a batch has changed it. */
class WithoutFoldGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince(this.#onFoldsAsStored(batch));
  }

  override write(id: string, batch: Batch): void {
    super.write(id, this.#onFoldsAsStored(batch));
  }

  #onFoldsAsStored(batch: Batch): Batch {
    const levels = batch.writes.levels.map(({ before, after }) => {
      const stored = this.entities.levels.get(levelKey(after.sku, after.locationId));
      const isKept = before?.fold === after.fold;
      return { before: before && withFold(before, stored), after: isKept ? withFold(after, stored) : after };
    });
    return { ...batch, writes: { ...batch.writes, levels } };
  }
}

/** Takes in what awaits its payment, as if it were closed. */
class FoldsWhatIsOpen extends MemoryTables {
  override foldOn(name: LevelName): boolean {
    const orders = new Map(this.entities.orders);
    for (const [id, order] of orders) {
      if (order.status === "PENDING_PAYMENT") this.entities.orders.set(id, { ...order, status: "CANCELLED" });
    }
    const isFolded = super.foldOn(name);
    for (const [id, order] of orders) this.entities.orders.set(id, order);
    return isFolded;
  }
}

function withFold(level: StoredLevel, other: StoredLevel | undefined): StoredLevel {
  const { fold: _fold, folds: _folds, ...unfolded } = level;
  return { ...unfolded, ...(other?.fold && { fold: other.fold }), ...(other?.folds && { folds: other.folds }) };
}

/** Mistakes in what a level keeps of its closed orders. */
export const levelFoldBugs: Readonly<Record<string, Planted>> = {
  "a change of an order in a fold is not carried into it": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      const levels = changes.levels?.map((level) =>
        withFold(level, snapshot.levels.get(levelKey(level.sku, level.locationId))),
      );
      return levels === undefined ? changes : { ...changes, levels };
    },
  }),
  "a fold that moves on meanwhile is not guarded": { tables: () => new WithoutFoldGuard() },
  "a fold takes in an order that is open": { tables: () => new FoldsWhatIsOpen() },
};
