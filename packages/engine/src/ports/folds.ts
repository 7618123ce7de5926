import type { LevelName, StoredLevel } from "@holdfast/domain";

/**
 * Keeps levels' folds. Folds save recounts their time and do nothing else: who never calls this pays with recounts that take as long
 * as a level has orders.
 */
export interface Folds {
  /**
   * Moves a level's fold on by one step. False where there was nothing to move it over, or where others were faster. Throws an
   * `Outage` where the database is in trouble.
   */
  foldOn(level: LevelName): Promise<boolean>;
  /** Forgets the fold that a level was read with, because it is wrong. Another one, made meanwhile, is left as it is. */
  forget(level: StoredLevel): Promise<void>;
}
