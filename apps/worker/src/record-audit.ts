import { type RecordWalk, recordsPerRead, recordWalks, type WalkedQueries } from "@holdfast/engine";
import type { Job, Rest } from "@holdfast/scheduler";
import { auditorLimits } from "./auditor-limits.ts";
import type { UnreadableFindings } from "./unreadable-findings.ts";

export interface RecordAuditParts {
  readonly queries: WalkedQueries;
  readonly unreadable: UnreadableFindings;
  /** Between two runs, at least. Milliseconds. */
  readonly pauseMs: number;
}

/**
 * Goes through all records again and again, and checks that they can be read. It reports those that cannot, and goes on. A page that
 * failed is retried.
 *
 * Each kind of record goes round by itself, so that few wait for many. A run reads a page of stock levels, since of a broken one nothing
 * is sold; then as many others as make a page, of a few kinds, which take turns; then a page of the journal, the longest of all. A run stays
 * short with every kind that is added, so that its longest rest is long enough for it.
 */
export class RecordAudit implements Job {
  readonly name = "record_audit";
  readonly restFactor = auditorLimits.restFactor;
  readonly restMsMax = auditorLimits.recordRestMsMax;
  readonly leftAtStop = true;
  readonly #levels: readonly RecordWalk[];
  readonly #journal: readonly RecordWalk[];
  /** The next one first. */
  readonly #inTurn: RecordWalk[];
  readonly #unreadable: UnreadableFindings;
  readonly #pauseMs: number;

  constructor({ queries, unreadable, pauseMs }: RecordAuditParts) {
    const walks = recordWalks(queries);
    this.#levels = walks.filter(({ of }) => of === "levels");
    this.#journal = walks.filter(({ of }) => of === "journal");
    this.#inTurn = walks.filter(({ of }) => of !== "levels" && of !== "journal");
    this.#unreadable = unreadable;
    this.#pauseMs = pauseMs;
  }

  async work(stop: AbortSignal): Promise<Rest> {
    for (const walk of this.#levels) await this.#look(walk, stop);
    let records = 0;
    for (const walk of this.#inTurn.slice(0, auditorLimits.recordKindsPerRun)) {
      // Before it is read: where its page fails, the others have their turns first.
      this.#inTurn.push(...this.#inTurn.splice(0, 1));
      records += await this.#look(walk, stop);
      if (records >= recordsPerRead) break;
    }
    for (const walk of this.#journal) await this.#look(walk, stop);
    return { restMs: this.#pauseMs };
  }

  /** @returns how many records it has looked at */
  async #look(walk: RecordWalk, stop: AbortSignal): Promise<number> {
    if (stop.aborted) return 0;
    const { records, unreadable, done } = await walk.page();
    if (stop.aborted) return 0;
    for (const record of unreadable) this.#unreadable.see(record, walk.of);
    if (done) this.#unreadable.endRound(walk.of);
    return records;
  }
}
