import { type Folds, type Logger, systemTimers, type Timers } from "@holdfast/engine";
import type { AuditorFigures } from "@holdfast/metrics";
import type { Job } from "@holdfast/scheduler";
import { auditorLimits } from "./auditor-limits.ts";
import { LevelAudit, type LevelAuditParts } from "./level-audit.ts";
import { LevelFolding } from "./level-folding.ts";
import { MoneyAudit, type MoneyAuditParts } from "./money-audit.ts";
import { RecordAudit, type RecordAuditParts } from "./record-audit.ts";
import { UnreadableFindings } from "./unreadable-findings.ts";

export interface AuditorParts {
  readonly queries: LevelAuditParts["queries"] & RecordAuditParts["queries"] & MoneyAuditParts["queries"];
  readonly folds: Folds;
  readonly logger: Logger;
  /** Between two reads of the same audit, at least. Milliseconds. */
  readonly pauseMs?: number;
  readonly timers?: Timers;
}

/**
 * Checks everything that is stored, for ever: whether stock levels add up, whether the money of orders does, and whether records can be
 * read, in separate loops. It folds what levels it has added up, so that the next round is shorter.
 */
export class Auditor {
  readonly #levels: LevelAudit;
  readonly #folding: LevelFolding;
  readonly #records: RecordAudit;
  readonly #money: MoneyAudit;
  readonly #unreadable: UnreadableFindings;

  constructor({ queries, folds, logger, pauseMs = auditorLimits.pauseMs, timers = systemTimers }: AuditorParts) {
    this.#unreadable = new UnreadableFindings(logger);
    this.#folding = new LevelFolding({ folds, logger, pauseMs });
    const parts = { queries, logger, unreadable: this.#unreadable, pauseMs, timers };
    this.#levels = new LevelAudit({ ...parts, seen: (recount) => this.#folding.see(recount) });
    this.#records = new RecordAudit(parts);
    this.#money = new MoneyAudit(parts);
  }

  get jobs(): readonly Job[] {
    return [this.#levels, this.#folding, this.#records, this.#money];
  }

  get figures(): AuditorFigures {
    const { driftOrders } = this.#money;
    return { ...this.#levels.figures, driftOrders, unreadableRecords: this.#unreadable.byKind };
  }
}
