import type { MoneyDrift, OrderId } from "@holdfast/domain";
import type { Logger } from "@holdfast/engine";

interface Finding {
  /** Which figures are off, and by how much. */
  readonly mark: string;
  readonly round: number;
}

/**
 * The orders whose money does not add up, as the auditor last saw them. Each is logged once, again when the difference changes, and once
 * more when it is gone.
 */
export class MoneyFindings {
  readonly #logger: Logger;
  readonly #open = new Map<OrderId, Finding>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Notes what a round has seen of an order. */
  see(orderId: OrderId, drift: readonly MoneyDrift[], round: number): void {
    const known = this.#open.get(orderId);
    if (drift.length === 0) {
      if (known !== undefined) this.#close(orderId);
      return;
    }
    const mark = drift.map(({ figure, counted, expected }) => `${figure} ${counted - expected}`).join();
    this.#open.set(orderId, { mark, round });
    if (known?.mark !== mark) this.#logger.error({ orderId, drift }, "an order's money does not add up");
  }

  /** Forgets orders that a whole round has not met: they no longer exist. */
  endRound(round: number): void {
    for (const [orderId, finding] of this.#open) if (finding.round < round) this.#close(orderId);
  }

  get orders(): number {
    return this.#open.size;
  }

  #close(orderId: OrderId): void {
    this.#open.delete(orderId);
    this.#logger.warn({ orderId }, "an order's money adds up again");
  }
}
