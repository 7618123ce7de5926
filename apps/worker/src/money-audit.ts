import { hasMovedMoney, isReadable, moneyDriftOf, type OrderId, type Read, type ShownOrder } from "@holdfast/domain";
import { type Logger, type Paging, type Queries, RecordUnreadable } from "@holdfast/engine";
import type { Job, Rest } from "@holdfast/scheduler";
import { auditorLimits } from "./auditor-limits.ts";
import { MoneyFindings } from "./money-findings.ts";

type MoneyQueries = Pick<Queries, "order" | "orders" | "list">;

export interface MoneyAuditParts {
  readonly queries: MoneyQueries;
  readonly logger: Logger;
  /** Between two slices, at least. Milliseconds. */
  readonly pauseMs: number;
}

/**
 * Goes through all orders again and again, a slice at a time, and checks that what was paid is sold, refunded or due back, by the order's
 * payments, reversals and repayments. It changes nothing. What cannot be read is for the audit of records to report.
 */
export class MoneyAudit implements Job {
  readonly name = "money_audit";
  readonly restFactor = auditorLimits.restFactor;
  readonly restMsMax = auditorLimits.recordRestMsMax;
  readonly leftAtStop = true;
  readonly #findings: MoneyFindings;
  readonly #parts: MoneyAuditParts;
  #after: OrderId | undefined;
  #round = 1;

  constructor(parts: MoneyAuditParts) {
    this.#parts = parts;
    this.#findings = new MoneyFindings(parts.logger);
  }

  /** Orders whose money does not add up now. */
  get driftOrders(): number {
    return this.#findings.orders;
  }

  async work(stop: AbortSignal): Promise<Rest> {
    const { queries, pauseMs } = this.#parts;
    const limit = auditorLimits.ordersPerSlice;
    const page = await queries.orders({}, { limit, ...(this.#after && { after: this.#after }) });
    for (const order of page) {
      if (stop.aborted) return { restMs: pauseMs };
      if (!("unreadable" in order)) await this.#check(order);
      this.#after = order.id;
    }
    if (page.length < limit) this.#endRound();
    return { restMs: pauseMs };
  }

  async #check(order: ShownOrder): Promise<void> {
    const { id } = order;
    if (!hasMovedMoney(order)) {
      const none = { payments: order.payments, reversals: [], repayments: [] };
      this.#findings.see(id, moneyDriftOf(order, none), this.#round);
      return;
    }
    const { queries } = this.#parts;
    const reversals = await allOf((paging) => queries.list("reversals", { orderId: id }, paging));
    const repayments = await allOf((paging) => queries.list("repayments", { orderId: id }, paging));
    const after = await orderNow(queries, id);
    // It has changed meanwhile, or a part of it cannot be read: a later round sees it.
    if (after?.version !== order.version || reversals === undefined || repayments === undefined) return;
    this.#findings.see(id, moneyDriftOf(after, { payments: after.payments, reversals, repayments }), this.#round);
  }

  #endRound(): void {
    this.#findings.endRound(this.#round);
    this.#round += 1;
    this.#after = undefined;
  }
}

/** All pages of a list; `undefined` where one of its records cannot be read. */
async function allOf<Kept extends { readonly id: string }>(
  read: (paging: Paging<string>) => Promise<Read<Kept>[]>,
): Promise<Kept[] | undefined> {
  const limit = auditorLimits.ordersPerSlice;
  const all: Kept[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await read({ limit, ...(after !== undefined && { after }) });
    const readable = page.filter((record): record is Kept => isReadable(record));
    if (readable.length < page.length) return undefined;
    all.push(...readable);
    if (page.length < limit) return all;
  }
}

async function orderNow(queries: MoneyQueries, id: OrderId): Promise<ShownOrder | undefined> {
  return await queries.order(id).catch((error: unknown) => {
    if (error instanceof RecordUnreadable) return undefined;
    throw error;
  });
}
