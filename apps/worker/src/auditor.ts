import { type LevelName, type Read, type Tally, Unreadable } from "@holdfast/domain";
import { type Logger, levelIn, OutageLog, type Queries, RecordWalk, systemTimers, type Timers } from "@holdfast/engine";
import type { AuditorFigures } from "@holdfast/metrics";
import { AuditorFindings } from "./auditor-findings.ts";
import { auditorLimits } from "./auditor-limits.ts";
import { UnreadableFindings } from "./unreadable-findings.ts";

const texts = {
  failing: "the auditor cannot read stock levels; it goes on trying",
  over: "the auditor reads stock levels again",
};

export interface AuditorParts {
  readonly queries: Pick<Queries, "tallies" | "product" | "products" | "orders" | "feed" | "journal">;
  readonly logger: Logger;
  /** Between two slices, at least. Milliseconds. */
  readonly pauseMs?: number;
  readonly timers?: Timers;
}

/**
 * Goes round all stock levels for ever, a slice at a time, and compares each with what its sources add up to. It only
 * looks: a person reviews what it finds. A read that fails is tried again at the same place after a pause.
 *
 * Beside each slice it takes one page of all other records, and looks whether they can be read. What cannot be read is
 * reported, and stops nothing.
 */
export class Auditor {
  readonly #queries: AuditorParts["queries"];
  readonly #outages: OutageLog;
  readonly #pauseMs: number;
  readonly #timers: Timers;
  readonly #findings: AuditorFindings;
  readonly #unreadable: UnreadableFindings;
  readonly #walk: RecordWalk;
  #walks = 0;
  #cancelTimer: () => void = () => {};
  #stopped = false;
  #after: LevelName | undefined;
  #roundBegan = 0;
  #lastRoundMs: number | undefined;
  #totals = { levels: 0, rounds: 0, failedReads: 0 };

  constructor({ queries, logger, pauseMs = auditorLimits.pauseMs, timers = systemTimers }: AuditorParts) {
    this.#queries = queries;
    this.#outages = new OutageLog(logger, texts, { now: () => timers.now() });
    this.#pauseMs = pauseMs;
    this.#timers = timers;
    this.#findings = new AuditorFindings(logger);
    this.#unreadable = new UnreadableFindings(logger);
    this.#walk = new RecordWalk(queries);
  }

  start(): void {
    this.#sliceIn(0);
  }

  /** Begins nothing more. A read under way is left behind: it changes nothing, and nobody hears of it. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  get figures(): AuditorFigures {
    return {
      ...this.#totals,
      lastRoundMs: this.#lastRoundMs,
      driftLevels: this.#findings.levels,
      driftLevelsByCounter: this.#findings.levelsByCounter,
      unreadableRecords: this.#unreadable.byKind,
    };
  }

  #sliceIn(ms: number): void {
    if (!this.#stopped) this.#cancelTimer = this.#timers.after(ms, () => void this.#slice());
  }

  async #slice(): Promise<void> {
    const began = this.#timers.now();
    if (this.#after === undefined) this.#roundBegan = began;
    try {
      await this.#audit();
      await this.#look();
    } catch (error) {
      this.#readFailed(error);
    }
    const tookMs = this.#timers.now() - began;
    this.#sliceIn(Math.max(this.#pauseMs, tookMs * auditorLimits.restFactor));
  }

  async #audit(): Promise<void> {
    const limit = auditorLimits.levelsPerSlice;
    const page = await this.#queries.tallies({}, { limit, ...(this.#after && { after: this.#after }) });
    if (this.#stopped) return;
    this.#outages.worked();
    const round = this.#totals.rounds + 1;
    for (const tally of page) this.#see(tally, round);
    this.#totals.levels += page.length;
    const last = page.at(-1);
    this.#after = last && levelIn(last);
    if (page.length < limit) this.#endRound(round);
  }

  #see(tally: Read<Tally>, round: number): void {
    if (tally instanceof Unreadable) {
      this.#unreadable.see(tally, "levels", round);
      return;
    }
    if (tally.journalled instanceof Unreadable) this.#unreadable.see(tally.journalled, "levels", round);
    this.#findings.see(tally, round);
  }

  async #look(): Promise<void> {
    const { unreadable, done } = await this.#walk.page();
    if (this.#stopped) return;
    for (const record of unreadable) this.#unreadable.see(record, "walk", this.#walks);
    if (!done) return;
    this.#unreadable.endRound("walk", this.#walks);
    this.#walks += 1;
  }

  #endRound(round: number): void {
    this.#findings.endRound(round);
    this.#unreadable.endRound("levels", round);
    this.#totals.rounds = round;
    this.#lastRoundMs = this.#timers.now() - this.#roundBegan;
    this.#after = undefined;
  }

  #readFailed(error: unknown): void {
    if (this.#stopped) return;
    this.#totals.failedReads += 1;
    this.#outages.failed({ err: error });
  }
}
