import { type LevelName, type Read, type Recount, type Trust, Unreadable } from "@holdfast/domain";
import { type Logger, levelIn, type Queries, type Timers } from "@holdfast/engine";
import type { AuditorFigures } from "@holdfast/metrics";
import type { Job, Rest } from "@holdfast/scheduler";
import { AuditorFindings } from "./auditor-findings.ts";
import { auditorLimits } from "./auditor-limits.ts";
import type { UnreadableFindings } from "./unreadable-findings.ts";

export interface LevelAuditParts {
  readonly queries: Pick<Queries, "recounts">;
  /** Hears of each level that could be recounted. */
  readonly seen: (recount: Recount) => void;
  readonly logger: Logger;
  readonly unreadable: UnreadableFindings;
  /** Between two slices, at least. Milliseconds. */
  readonly pauseMs: number;
  readonly timers: Timers;
}

/**
 * Goes through all stock levels again and again, a slice at a time, and compares each with the sum of its sources. It changes no level: a
 * person reviews its findings. A failed read is retried at the same place.
 *
 * It trusts the levels' folds, unless something does not add up; its first round and one a day trust none.
 */
export class LevelAudit implements Job {
  readonly name = "level_audit";
  readonly restFactor = auditorLimits.restFactor;
  readonly leftAtStop = true;
  readonly #findings: AuditorFindings;
  readonly #parts: LevelAuditParts;
  #after: LevelName | undefined;
  #roundBegan = 0;
  #trust: Trust = "never";
  #fullRoundBegan: number | undefined;
  #lastRoundMs: number | undefined;
  #totals = { levels: 0, rounds: 0 };

  constructor(parts: LevelAuditParts) {
    this.#parts = parts;
    this.#findings = new AuditorFindings(parts.logger);
  }

  get figures(): Omit<AuditorFigures, "unreadableRecords" | "driftOrders"> {
    return {
      ...this.#totals,
      lastRoundMs: this.#lastRoundMs,
      driftLevels: this.#findings.levels,
      driftLevelsByCounter: this.#findings.levelsByCounter,
    };
  }

  async work(stop: AbortSignal): Promise<Rest> {
    const { queries, pauseMs } = this.#parts;
    if (this.#after === undefined) this.#beginRound();
    const limit = auditorLimits.levelsPerSlice;
    const page = await queries.recounts({ trust: this.#trust }, { limit, ...(this.#after && { after: this.#after }) });
    if (!stop.aborted) this.#takeDown(page, page.length < limit);
    return { restMs: pauseMs };
  }

  #beginRound(): void {
    const now = this.#parts.timers.now();
    this.#roundBegan = now;
    const isFull = this.#fullRoundBegan === undefined || now - this.#fullRoundBegan >= auditorLimits.fullRoundEveryMs;
    this.#trust = isFull ? "never" : "unless drift";
    if (isFull) this.#fullRoundBegan = now;
  }

  #takeDown(page: readonly Read<Recount>[], isLast: boolean): void {
    const round = this.#totals.rounds + 1;
    for (const recount of page) this.#see(recount, round);
    this.#totals.levels += page.length;
    const last = page.at(-1);
    this.#after = last && levelIn(last);
    if (isLast) this.#endRound(round);
  }

  #see(recount: Read<Recount>, round: number): void {
    const { unreadable } = this.#parts;
    if (recount instanceof Unreadable) {
      // The audit of records finds a broken level sooner, and notices its repair sooner.
      if (recount.kind !== "stock_level") unreadable.see(recount, "sums");
      return;
    }
    if (recount.journalled instanceof Unreadable) unreadable.see(recount.journalled, "sums");
    this.#findings.see(recount, round);
    this.#parts.seen(recount);
  }

  #endRound(round: number): void {
    this.#findings.endRound(round);
    this.#parts.unreadable.endRound("sums");
    this.#totals.rounds = round;
    this.#lastRoundMs = this.#parts.timers.now() - this.#roundBegan;
    this.#after = undefined;
  }
}
