import { type RecordKind, recordKinds, type Unreadable } from "@holdfast/domain";
import type { Logger } from "@holdfast/expiry";

/**
 * The records that cannot be read, as a round over them last saw them. Each is logged once, again when something else is
 * wrong with it, and once more when it can be read again.
 */
export class UnreadableFindings {
  readonly #logger: Logger;
  readonly #open = new Map<string, { readonly record: Unreadable; readonly round: number }>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  see(record: Unreadable, round: number): void {
    const { kind, id, reason } = record;
    const known = this.#open.get(keyOf(record));
    this.#open.set(keyOf(record), { record, round });
    if (known?.record.reason !== reason) this.#logger.error({ kind, id, reason }, "a record cannot be read");
  }

  /** Those that a whole round has not met can be read again, or are gone. */
  endRound(round: number): void {
    for (const [key, { record, round: seen }] of this.#open) {
      if (seen >= round) continue;
      this.#open.delete(key);
      this.#logger.warn({ kind: record.kind, id: record.id }, "a record can be read again");
    }
  }

  get records(): readonly Unreadable[] {
    return [...this.#open.values()].map(({ record }) => record);
  }
}

/** How many there are of each kind. One that two rounds have met counts once. */
export function unreadableByKind(findings: readonly Pick<UnreadableFindings, "records">[]): Record<RecordKind, number> {
  const found = new Map(findings.flatMap(({ records }) => records).map((record) => [keyOf(record), record.kind]));
  const counts = Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as Record<RecordKind, number>;
  for (const kind of found.values()) counts[kind] += 1;
  return counts;
}

function keyOf({ kind, id }: Unreadable): string {
  return `${kind} ${id}`;
}
