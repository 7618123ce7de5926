import { alertBreaches } from "./alert-rules.ts";
import { ApiReader, type Ask, type FeedEvent } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import { feedGapBreaches, feedOrderBreaches } from "./feed-rules.ts";
import { type MoneySums, moneyBreaches, moneySums, type ReportedMoney, reportedMoneyBreaches } from "./money-rules.ts";
import { paymentBreaches, type ReportedPayments } from "./payment-rules.ts";
import { duplicateBreaches, ordersOf, type ShopperCounts, shopperBreaches } from "./shopper-rules.ts";
import { readSku, type SkuReading } from "./sku-reading.ts";
import { rulesOfSku } from "./sku-rules.ts";
import { waitForExpiry } from "./wait-for-expiry.ts";

export interface AuditRequest {
  readonly url: string;
  /** The SKUs of the run. Only the run may use them. */
  readonly skus: readonly string[];
  /** The initial stock of each. */
  readonly stock: number;
  /** What the shoppers of exactly these SKUs saw; undefined if that was not counted. */
  readonly counts: ShopperCounts | undefined;
  /** The payments for exactly these SKUs; undefined if they were not counted. */
  readonly payments?: ReportedPayments | undefined;
  /** The money that orders of exactly these SKUs gave back; undefined if it was not counted. */
  readonly money?: ReportedMoney | undefined;
  /** How long to wait until every unpaid reservation has run out; undefined if they need not. */
  readonly expiryMsMax?: number | undefined;
  /** Unless false, the whole feed is read as well, including what is about other SKUs. */
  readonly withFeed?: boolean;
  /** How many seconds to wait for missing events of the feed before they count as lost; 20 unless given. */
  readonly feedLateSecondsMax?: number;
  readonly apiKey?: string | undefined;
  readonly ask?: Ask | undefined;
}

export interface Audit {
  /** Empty if every promise was kept. */
  readonly breaches: readonly Breach[];
  readonly orders: number;
  readonly movements: number;
  /** Events in the whole feed. */
  readonly events: number;
  /** Over all SKUs. */
  readonly availableStock: number;
  readonly money: MoneySums;
  /** The lateness of the latest expiry, in milliseconds; undefined if nothing expired. */
  readonly expiredLateMsMax: number | undefined;
}

/** How many SKUs to read in parallel. */
const readersMax = 8;

/**
 * Audits the stock of a finished run through the public API. Throws if the API does not answer, or not as its contract says, since the
 * audit has no result then.
 */
export async function checkStock(request: AuditRequest): Promise<Audit> {
  const {
    url,
    skus,
    stock,
    counts,
    payments,
    money,
    expiryMsMax,
    withFeed = true,
    feedLateSecondsMax = 20,
    apiKey,
    ask,
  } = request;
  const api = new ApiReader(url, { apiKey, ...(ask && { ask }) });
  const leaks = expiryMsMax === undefined ? [] : await waitForExpiry(api, skus, expiryMsMax);
  const readings = await readAll(api, skus);
  const orders = ordersOf(readings);
  const feedBreaches = (events: readonly FeedEvent[]) => [
    ...feedOrderBreaches(events, orders, skus),
    ...moneyBreaches(orders, events),
    ...alertBreaches(events, readings, skus),
  ];
  const isWhole = (events: readonly FeedEvent[]) => feedBreaches(events).length === 0;
  const feed = withFeed ? await readFeed(api, isWhole, feedLateSecondsMax) : [];
  const breaches = [
    ...leaks,
    ...readings.flatMap((reading) => rulesOfSku.flatMap((rule) => rule(reading))),
    ...duplicateBreaches(readings),
    ...(counts === undefined ? [] : shopperBreaches(readings, counts, stock)),
    ...paymentBreaches(orders, payments),
    ...reportedMoneyBreaches(orders, money),
    ...feedGapBreaches(feed),
    ...(withFeed ? feedBreaches(feed) : []),
  ];
  return {
    breaches,
    orders: orders.length,
    movements: readings.reduce((sum, { movements }) => sum + movements.length, 0),
    events: feed.length,
    availableStock: readings.reduce((sum, { product }) => sum + product.availableStock, 0),
    money: moneySums(orders),
    expiredLateMsMax: latestExpiry(readings),
  };
}

async function readAll(api: ApiReader, skus: readonly string[]): Promise<SkuReading[]> {
  const left = [...skus.entries()];
  const readings: SkuReading[] = [];
  const reader = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      readings[next[0]] = await readSku(api, next[1]);
    }
  };
  await Promise.all(Array.from({ length: readersMax }, reader));
  return readings;
}

function latestExpiry(readings: readonly SkuReading[]): number | undefined {
  const lateMs = ordersOf(readings).flatMap(({ status, endedAt, reservation }) =>
    status === "EXPIRED" && endedAt !== undefined ? [endedAt - reservation.expiresAt] : [],
  );
  return lateMs.length === 0 ? undefined : Math.max(...lateMs);
}

/** Reads the feed from its beginning, until `isWhole`, or until nothing more has come for `lateSecondsMax`. */
async function readFeed(
  api: ApiReader,
  isWhole: (feed: readonly FeedEvent[]) => boolean,
  lateSecondsMax: number,
): Promise<readonly FeedEvent[]> {
  const feed: FeedEvent[] = [];
  let cursor: string | undefined;
  for (let waited = 0; ; ) {
    const waitSeconds = waited === 0 ? 0 : 1;
    const { data, nextCursor } = await api.events(cursor, waitSeconds);
    feed.push(...data);
    cursor = nextCursor;
    if (data.length > 0) waited = 0;
    else if (waited >= lateSecondsMax || isWhole(feed)) return feed;
    else waited += 1;
  }
}
