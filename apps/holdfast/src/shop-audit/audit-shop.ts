import { type ApiReader, auditSku, type FeedPlace, feedGapBreaches, StockMoves } from "@holdfast/audit";
import { eachAtOnce } from "../each-at-once.ts";

/** A promise of Holdfast's that is broken, or a record that cannot be read. */
export interface Finding {
  readonly rule: string;
  readonly says: string;
}

/** What an audit of a shop looked at, and what it found. */
export interface ShopAudit {
  /** Empty if every promise is kept. */
  readonly findings: readonly Finding[];
  readonly skus: number;
  readonly levels: number;
  readonly orders: number;
  readonly movements: number;
  /** Events of the feed; 0 where it was not read. */
  readonly events: number;
  /** SKUs that sold too fast to be compared with their orders. The reconciliation has covered them. */
  readonly moving: readonly string[];
}

export interface ShopAuditOptions {
  readonly skus: AsyncIterable<string> | Iterable<string>;
  /** The one SKU to reconcile, or the whole shop. */
  readonly reconciled: readonly string[] | "all";
  readonly withFeed: boolean;
  readonly atOnceMax: number;
  readonly signal: AbortSignal;
}

/** Called now and then with what has been looked at. */
export type Report = (what: string, done: number) => void;

/** Audits a shop that may be in use, through its public API. Rejects where the API does not answer. */
export async function auditShop(
  api: ApiReader,
  { skus, reconciled, withFeed, atOnceMax, signal }: ShopAuditOptions,
  report: Report,
): Promise<ShopAudit> {
  const findings: Finding[] = [];
  const counts = { skus: 0, levels: 0, orders: 0, movements: 0 };
  const moving: string[] = [];
  for (const sku of reconciled === "all" ? [undefined] : reconciled) findings.push(...(await reconcile(api, sku)));
  await eachAtOnce(skus, atOnceMax, async (sku) => {
    signal.throwIfAborted();
    try {
      const { breaches, levels, orders, movements } = await auditSku(api, sku);
      findings.push(...breaches);
      counts.levels += levels;
      counts.orders += orders;
      counts.movements += movements;
    } catch (error) {
      if (!(error instanceof StockMoves)) throw error;
      moving.push(sku);
    }
    counts.skus += 1;
    report("SKUs", counts.skus);
  });
  const events = withFeed ? await checkFeed(api, findings, signal, report) : 0;
  return { findings, ...counts, events, moving };
}

async function reconcile(api: ApiReader, sku: string | undefined): Promise<Finding[]> {
  const { drift, unreadable } = await api.reconciliation(sku);
  return [
    ...drift.map(({ sku, locationId, counter, source, counted, expected }) => ({
      rule: "reconciliation",
      says: `${sku} at ${locationId}: ${counter} is ${counted}, its ${source} say ${expected}`,
    })),
    ...unreadable.map(({ kind, id, reason }) => ({ rule: "readable", says: `${kind} ${id}: ${reason}` })),
  ];
}

/** Reads the feed from its beginning to its end as it is now, and keeps no more than a page of it. */
async function checkFeed(api: ApiReader, findings: Finding[], signal: AbortSignal, report: Report): Promise<number> {
  let events = 0;
  let before: FeedPlace | undefined;
  let cursor: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const { data, nextCursor } = await api.events(cursor, 0);
    findings.push(...feedGapBreaches(data, before));
    const last = data.at(-1);
    if (last === undefined) return events;
    before = last;
    cursor = nextCursor;
    events += data.length;
    report("events", events);
  }
}
