import { isWorthFolding, type LevelName, levelKey, type Recount, type StoredLevel } from "@holdfast/domain";
import type { Folds, Logger } from "@holdfast/engine";
import type { Job, Rest } from "@holdfast/scheduler";
import { auditorLimits } from "./auditor-limits.ts";

export interface LevelFoldingParts {
  readonly folds: Folds;
  readonly logger: Pick<Logger, "warn">;
  /** Between two looks for levels to fold. Milliseconds. */
  readonly pauseMs: number;
}

/**
 * Keeps the folds of levels that the auditor has come across: forgets one that was found to be wrong, and moves those on that are worth
 * it, a step at a time, each level in its turn. What fails is not tried again: the next round comes across its level as well.
 */
export class LevelFolding implements Job {
  readonly name = "level_folding";
  readonly restFactor = auditorLimits.restFactor;
  readonly #parts: LevelFoldingParts;
  readonly #wrong: StoredLevel[] = [];
  readonly #waiting = new Map<string, LevelName>();

  constructor(parts: LevelFoldingParts) {
    this.#parts = parts;
  }

  see({ level, foldIsWrong }: Recount): void {
    const { sku, locationId } = level;
    if (foldIsWrong) this.#wrong.push(level);
    else if (isWorthFolding(level)) this.#waiting.set(levelKey(sku, locationId), { sku, locationId });
  }

  async work(): Promise<Rest> {
    const wrong = this.#wrong.shift();
    if (wrong !== undefined) return await this.#forget(wrong);
    const [next] = this.#waiting;
    if (next === undefined) return { restMs: this.#parts.pauseMs };
    const [key, level] = next;
    this.#waiting.delete(key);
    if (await this.#parts.folds.foldOn(level)) this.#waiting.set(key, level);
    return { restMs: 0 };
  }

  async #forget(level: StoredLevel): Promise<Rest> {
    const { sku, locationId } = level;
    await this.#parts.folds.forget(level);
    const message = "what a stock level had folded was wrong, and is forgotten: old orders or adjustments were edited";
    this.#parts.logger.warn({ sku, locationId }, message);
    return { restMs: 0 };
  }
}
