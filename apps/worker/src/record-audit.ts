import { RecordWalk } from "@holdfast/engine";
import type { Job, Rest } from "@holdfast/scheduler";
import { auditorLimits } from "./auditor-limits.ts";
import type { UnreadableFindings } from "./unreadable-findings.ts";

export interface RecordAuditParts {
  readonly queries: ConstructorParameters<typeof RecordWalk>[0];
  readonly unreadable: UnreadableFindings;
  /** Between two pages, at least. Milliseconds. */
  readonly pauseMs: number;
}

/**
 * Goes through all records again and again, a page at a time, and checks that they can be read. It reports those that cannot, and goes on.
 * A failed page is retried.
 *
 * It reads levels with their products, but leaves them to the audit that adds them up: that one checks them far more often, and notices a
 * repair sooner.
 */
export class RecordAudit implements Job {
  readonly name = "record_audit";
  readonly restFactor = auditorLimits.restFactor;
  readonly leftAtStop = true;
  readonly #walk: RecordWalk;
  readonly #unreadable: UnreadableFindings;
  readonly #pauseMs: number;
  #rounds = 0;

  constructor({ queries, unreadable, pauseMs }: RecordAuditParts) {
    this.#walk = new RecordWalk(queries);
    this.#unreadable = unreadable;
    this.#pauseMs = pauseMs;
  }

  async work(stop: AbortSignal): Promise<Rest> {
    const { unreadable, done } = await this.#walk.page();
    if (!stop.aborted) {
      for (const record of unreadable) {
        if (record.kind !== "stock_level") this.#unreadable.see(record, "walk", this.#rounds);
      }
      if (done) this.#endRound();
    }
    return { restMs: this.#pauseMs };
  }

  #endRound(): void {
    this.#unreadable.endRound("walk", this.#rounds);
    this.#rounds += 1;
  }
}
