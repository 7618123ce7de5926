import { type RecordKind, recordKinds, type Unreadable } from "@holdfast/domain";
import type { Logger, RecordWalk } from "@holdfast/engine";

/** Where a record was met: by the audit that adds levels up, or on a walk over records. Each has its own rounds. */
type Where = "sums" | RecordWalk["of"];

interface Finding {
  readonly record: Unreadable;
  /** The last round that has met it there. */
  readonly rounds: ReadonlyMap<Where, number>;
}

/**
 * The records that cannot be read, as the auditor last saw them. Each is logged once, again when something else is wrong with
 * it, and once more when it can be read again.
 */
export class UnreadableFindings {
  readonly #logger: Logger;
  readonly #open = new Map<string, Finding>();
  /** How many rounds are over. */
  readonly #over = new Map<Where, number>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  see(record: Unreadable, where: Where): void {
    const { kind, id, reason } = record;
    const key = `${kind} ${id}`;
    const known = this.#open.get(key);
    this.#open.set(key, { record, rounds: new Map(known?.rounds).set(where, this.#over.get(where) ?? 0) });
    if (known?.record.reason !== reason) this.#logger.error({ kind, id, reason }, "a record cannot be read");
  }

  /** Drops records that a whole round has not met wherever it met them before: they can be read again, or are gone. */
  endRound(where: Where): void {
    const round = this.#over.get(where) ?? 0;
    this.#over.set(where, round + 1);
    for (const [key, { record, rounds }] of this.#open) {
      if ((rounds.get(where) ?? round) >= round) continue;
      const elsewhere = new Map(rounds);
      elsewhere.delete(where);
      if (elsewhere.size > 0) {
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
