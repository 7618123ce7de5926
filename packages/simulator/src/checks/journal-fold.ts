import { type JournalEntry, levelKey, type Movement, movementsOf, plainLevel, type StockLevel } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** Reads the journal again from its beginning, entry by entry, and compares it with the tables. */
export class JournalFold {
  readonly #levels = new Map<string, StockLevel>();
  #entries = 0;
  #lastId = "";

  /** Reads on. @yields what does not fit */
  faults({ journal, entities }: MemoryTables, commits: number): string[] {
    const found = journal.slice(this.#entries).flatMap((entry) => [...this.#read(entry)]);
    this.#entries = journal.length;
    if (journal.length !== commits) found.push(`the journal has ${journal.length} entries of ${commits} commits`);
    for (const [key, level] of entities.levels) {
      const folded = this.#levels.get(key);
      if (level.version > 0 && JSON.stringify(folded) !== JSON.stringify(plainLevel(level))) {
        found.push(`${key} is not what the journal says`);
      }
    }
    return found;
  }

  /** Takes over an edited level: its next movement begins there. */
  edited(level: StockLevel): void {
    this.#levels.set(levelKey(level.sku, level.locationId), level);
  }

  *#read(entry: JournalEntry): Iterable<string> {
    if (entry.id === this.#lastId) yield `the journal has ${entry.id} twice`;
    this.#lastId = entry.id;
    let movements: readonly Movement[];
    try {
      movements = movementsOf(entry);
    } catch (error) {
      // Stop at an impossible movement.
      yield `the journal cannot be read: ${error}`;
      return;
    }
    for (const { after } of movements) {
      const key = levelKey(after.sku, after.locationId);
      const version = this.#levels.get(key)?.version ?? 0;
      if (after.version !== version + 1) yield `the journal takes ${key} from v${version} to v${after.version}`;
      this.#levels.set(key, after);
    }
  }
}
