import { randomUUID } from "node:crypto";
import type { Database } from "@holdfast/engine";
import { openLoop } from "../load/open-loop.ts";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { auditRound } from "../stock/audit-round.ts";
import { holdTogether } from "../stock/due-holds.ts";
import { holdHistory, latenessP99, releaseBreaches, releaseRate } from "../stock/hold-history.ts";
import { createProducts, plenty } from "../stock/products.ts";
import { waitUntilReleased } from "../stock/wait-until-released.ts";

/** Part of the placing rate at which short holds arrive in steady state. */
const steadyPart = 0.5;

const steadyHoldSeconds = 2;

/** Holds of which nobody knows yet how fast they are released: a warm-up's. */
const warmUpPart = 20;

/** A sweep round where every hint was lost, and a busy machine. */
const lateMsMax = 30_000;

/** Nobody pays. */
export const expire: LoadScenario = {
  kind: "load",
  name: "expire",
  says: "holds that run out: all at once, then steadily at half the placing rate",
  counts: "holds released",
  variants: ["standalone", "mongo"],
  warmUp: (round) => expireHolds(round, Math.ceil(holdsOf(round) / warmUpPart)),
  run: (round) => expireHolds(round, holdsOf(round)),
};

function holdsOf({ variant, sizes }: Round): number {
  return variant === "standalone" ? sizes.dueHolds : sizes.dueHoldsMongo;
}

async function expireHolds(round: Round, count: number): Promise<RoundResult> {
  const database = await round.deployment.openDatabase?.();
  if (database === undefined) throw new Error(`${round.variant} has no database to fill with holds`);
  try {
    const placed = await placeOrders({ ...round, run: `${round.run}-hot` }, { skuCount: 1 });
    const placingRate = placed.figures.rate;
    const storm = await allAtOnce(round, database, count, placingRate);
    const steady = await steadily(round, database, placingRate * steadyPart);
    return {
      figures: { placingRate, ...storm.figures, ...steady.figures },
      errors: placed.errors + steady.errors,
      breaches: [placed, storm, steady].flatMap(({ breaches = [] }) => breaches),
    };
  } finally {
    await database.close();
  }
}

/** Writes holds that run out together into the store, beside the running worker; the journal tells how fast it ended them. */
async function allAtOnce(
  { deployment, run }: Round,
  database: Database,
  count: number,
  placingRate: number,
): Promise<RoundResult> {
  const sku = `${run}-storm`;
  await createProducts(deployment.urls[0] ?? "", [sku], plenty);
  const dueAt = await holdTogether(database, sku, count, placingRate);
  const expectedMs = (count / placingRate) * 1000;
  const leaks = await waitUntilReleased(database.queries, sku, dueAt + 3 * expectedMs + lateMsMax);
  const history = await holdHistory(database.queries, sku);
  const rate = releaseRate(history, dueAt - 1000);
  return { figures: { rate }, errors: 0, breaches: [...leaks, ...releaseBreaches(history, sku)] };
}

/** Holds come and run out at the same rate. */
async function steadily(
  { deployment, run, seconds }: Round,
  database: Database,
  perSecond: number,
): Promise<RoundResult> {
  const [url = ""] = deployment.urls;
  const sku = `${run}-steady`;
  await createProducts(url, [sku], plenty);
  const beganAt = Date.now();
  const body = JSON.stringify({ lines: [{ sku, quantity: 1 }], holdSeconds: steadyHoldSeconds });
  const { expected, errors, unread } = await openLoop({
    url,
    path: "/v1/orders",
    expectedStatus: 201,
    requestOf: () => ({ key: randomUUID(), body }),
    perSecond,
    // Twice the hold: in the second half as many run out as come.
    seconds: Math.max(seconds, 2 * steadyHoldSeconds),
  });
  const counts = { placed: expected, confirmed: 0, cancelled: 0, unsettled: errors + unread };
  const expiryMsMax = steadyHoldSeconds * 1000 + lateMsMax;
  const breaches = await auditRound({ url, skus: [sku], stock: plenty, counts, beganAt, expiryMsMax });
  const history = await holdHistory(database.queries, sku);
  return { figures: { latenessP99: latenessP99(history, steadyHoldSeconds) }, errors, breaches };
}
