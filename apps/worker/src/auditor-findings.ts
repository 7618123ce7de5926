import { type Drift, driftOf, levelKey, levelNameOf, type Recount } from "@holdfast/domain";
import type { Logger } from "@holdfast/engine";

interface Finding {
  readonly drift: readonly Drift[];
  /** Which figure is off by how much. It stays the same while orders come and go. */
  readonly mark: string;
  readonly round: number;
}

/**
 * The levels that do not add up, as the auditor last saw them. Each is logged once, again when the difference changes, and once more when
 * it is gone.
 */
export class AuditorFindings {
  readonly #logger: Logger;
  readonly #open = new Map<string, Finding>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Notes what a round has seen of a level. */
  see(recount: Recount, round: number): void {
    const { sku, locationId } = recount.level;
    const key = levelKey(sku, locationId);
    const known = this.#open.get(key);
    const drift = driftOf(recount);
    if (drift.length === 0) {
      if (known !== undefined) this.#close(key);
      return;
    }
    const mark = drift.map((each) => `${each.counter} ${each.source} ${each.counted - each.expected}`).join();
    this.#open.set(key, { drift, mark, round });
    if (known?.mark !== mark) this.#logger.error({ sku, locationId, drift }, "a stock level does not add up");
  }

  /** Forgets levels that a whole round has not met: they no longer exist. */
  endRound(round: number): void {
    for (const [key, finding] of this.#open) if (finding.round < round) this.#close(key);
  }

  get levels(): number {
    return this.#open.size;
  }

  get levelsByCounter(): Record<Drift["counter"], number> {
    const levels = {
      totalStock: 0,
      reservedStock: 0,
      committedStock: 0,
      unsellableStock: 0,
      incomingStock: 0,
      version: 0,
    };
    for (const { drift } of this.#open.values()) {
      for (const counter of new Set(drift.map((each) => each.counter))) levels[counter] += 1;
    }
    return levels;
  }

  #close(key: string): void {
    this.#open.delete(key);
    this.#logger.warn(levelNameOf(key), "a stock level is no longer off");
  }
}
