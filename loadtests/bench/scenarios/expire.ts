import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Breach } from "@holdfast/audit";
import type { Sku } from "@holdfast/domain";
import type { Database, Queries } from "@holdfast/engine";
import { openLoop } from "../load/open-loop.ts";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { holdTogether } from "../stock/due-reservations.ts";
import { createProducts, plenty } from "../stock/products.ts";
import { latenessP99, releaseBreaches, releaseRate, reservationHistory } from "../stock/reservation-history.ts";

/** The rate of short reservations in steady state, as a share of the placing rate. */
const steadyPart = 0.5;

const steadyHoldSeconds = 1;

/** At least twice the reservation time, so that for half of the time as many expire as arrive. */
const steadySecondsMin = 2 * steadyHoldSeconds;

/** One sweep interval if every wake-up was lost, and some time for a busy machine. */
const lateMsMax = 30_000;

/** Unpaid orders that run out. */
export const expire: LoadScenario = {
  kind: "load",
  name: "expire",
  says: "holds that run out: all at once, then steadily at half the placing rate",
  counts: "holds released",
  variants: ["standalone", "mongo"],
  warmUp: (round) => placeOrders(round, { skuCount: 1 }),
  run: (round) =>
    withDatabase(round, async (database) => {
      const released = await storm(round, database, holdsOf(round));
      const steady = await steadily(round, database, released.figures.placingRate * steadyPart);
      return {
        figures: { ...released.figures, ...steady.figures },
        errors: released.errors + steady.errors,
        breaches: [...(released.breaches ?? []), ...(steady.breaches ?? [])],
      };
    }),
};

function holdsOf({ variant, sizes }: Round): number {
  return variant === "standalone" ? sizes.dueHolds : sizes.dueHoldsMongo;
}

async function withDatabase<Result>(round: Round, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await round.deployment.openDatabase?.();
  if (database === undefined) throw new Error(`${round.variant} has no database to fill with holds`);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Measures how fast orders are placed. Then writes reservations that run out together into the store, beside the running worker. The
 * journal shows how fast the worker ended them.
 */
async function storm(
  round: Round,
  database: Database,
  count: number,
): Promise<RoundResult & { readonly figures: { readonly rate: number; readonly placingRate: number } }> {
  const placed = await placeOrders({ ...round, run: `${round.run}-hot` }, { skuCount: 1 });
  const placingRate = placed.figures.rate;
  const sku = `${round.run}-storm`;
  await createProducts(round.deployment, [sku], plenty);
  const dueAt = await holdTogether(database, sku, count, placingRate);
  const expectedMs = (count / placingRate) * 1000;
  const leaks = await waitUntilReleased(database.queries, sku, dueAt + 3 * expectedMs + lateMsMax);
  const history = await reservationHistory(database.queries, sku);
  const rate = releaseRate(history, dueAt - 1000);
  return {
    figures: { rate, placingRate },
    errors: placed.errors,
    breaches: [...(placed.breaches ?? []), ...leaks, ...releaseBreaches(history, sku)],
  };
}

/** Reservations arrive and expire at the same rate. */
async function steadily(
  { deployment, run, seconds }: Round,
  database: Database,
  perSecond: number,
): Promise<RoundResult> {
  const { urls, apiKey } = deployment;
  const [url = ""] = urls;
  const sku = `${run}-steady`;
  await createProducts(deployment, [sku], plenty);
  const beganAt = Date.now();
  const body = JSON.stringify({ lines: [{ sku, quantity: 1 }], holdSeconds: steadyHoldSeconds });
  const { expected, errors, unread } = await openLoop({
    url,
    apiKey,
    path: "/v1/orders",
    expectedStatus: 201,
    requestOf: () => ({ key: randomUUID(), body }),
    perSecond,
    seconds: Math.max(seconds, steadySecondsMin),
  });
  const counts = { placed: expected, confirmed: 0, cancelled: 0, unsettled: errors + unread };
  const expiryMsMax = steadyHoldSeconds * 1000 + lateMsMax;
  const breaches = await auditRound({ url, apiKey, skus: [sku], stock: plenty, counts, beganAt, expiryMsMax });
  const history = await reservationHistory(database.queries, sku);
  return { figures: { latenessP99: latenessP99(history, steadyHoldSeconds) }, errors, breaches };
}

const lookEveryMs = 100;

/** Waits until no unit of a SKU is held. A breach if one still is at `deadline` (milliseconds since 1970). */
async function waitUntilReleased(queries: Pick<Queries, "product">, sku: string, deadline: number): Promise<Breach[]> {
  for (;;) {
    const product = await queries.product(sku as Sku);
    const held = product?.levels.reduce((units, { reservedStock }) => units + reservedStock, 0) ?? 0;
    if (held === 0) return [];
    if (Date.now() > deadline) return [{ rule: "no leak", says: `${sku}: ${held} units are still held` }];
    await wait(lookEveryMs);
  }
}
