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
 * Goes round all records for ever, a page at a time, and looks whether they can be read. What cannot is reported, and stops
 * nothing. A page that fails is tried again.
 *
 * It meets levels with their products, and leaves them to the audit that adds them up: that comes by far more often, and knows
 * sooner that one is mended.
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
