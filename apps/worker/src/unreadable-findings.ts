import { type RecordKind, recordKinds, type Unreadable } from "@holdfast/domain";
import type { Logger } from "@holdfast/engine";

/** Which audit met a record: the one that adds levels up, or the one over all records. Each has its own rounds. */
type Where = "levels" | "walk";

interface Finding {
  readonly record: Unreadable;
  /** The last round that has met it there. */
  readonly rounds: Partial<Record<Where, number>>;
}

/**
 * The records that cannot be read, as the auditor last saw them. Each is logged once, again when something else is wrong with
 * it, and once more when it can be read again.
 */
export class UnreadableFindings {
  readonly #logger: Logger;
  readonly #open = new Map<string, Finding>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  see(record: Unreadable, where: Where, round: number): void {
    const { kind, id, reason } = record;
    const key = `${kind} ${id}`;
    const known = this.#open.get(key);
    this.#open.set(key, { record, rounds: { ...known?.rounds, [where]: round } });
    if (known?.record.reason !== reason) this.#logger.error({ kind, id, reason }, "a record cannot be read");
  }

  /** Drops records that a whole round of the same audit has not met: they can be read again, or are gone. */
  endRound(where: Where, round: number): void {
    for (const [key, { record, rounds }] of this.#open) {
      const { [where]: seen = round, ...elsewhere } = rounds;
      if (seen >= round) continue;
      if (Object.keys(elsewhere).length > 0) {
        this.#open.set(key, { record, rounds: elsewhere });
        continue;
      }
      this.#open.delete(key);
      this.#logger.warn({ kind: record.kind, id: record.id }, "a record can be read again");
    }
  }

  get byKind(): Record<RecordKind, number> {
    const counts = Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as Record<RecordKind, number>;
    for (const { record } of this.#open.values()) counts[record.kind] += 1;
    return counts;
  }
}
