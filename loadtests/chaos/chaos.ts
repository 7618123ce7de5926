import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Audit, checkStock } from "@holdfast/audit";
import { loadKey } from "../deployments/deployment.ts";
import type { LoadResult } from "../run-scenario.ts";
import { createProduct } from "./call-api.ts";
import { openDepot, sendThereAndBack } from "./clerk.ts";
import { BrokenPromise } from "./readiness.ts";
import { type Errand, type Plan, runErrand } from "./shopper.ts";
import { startStorm } from "./storm.ts";
import type { Trouble } from "./troubles.ts";

export interface ChaosOptions {
  readonly urls: readonly string[];
  /** The troubles to make one after another, while shoppers go on. */
  readonly troubles: readonly Trouble[];
  readonly shoppers: number;
  /** How many k6 shoppers send every request three times at once beside them. */
  readonly stormers: number;
  /** The time between two troubles, in which everything works. */
  readonly calmMs?: number;
  readonly log: (line: string) => void;
}

export interface ChaosReport {
  readonly errands: number;
  readonly placed: number;
  readonly refused: number;
  /** Shoppers who were answered that nothing was written, and left. */
  readonly turnedAway: number;
  /** What went wrong during the troubles, each kind once. What the audit found is elsewhere. */
  readonly broken: readonly string[];
  /** The longest time that a shopper had to try until its errand was settled. Milliseconds. */
  readonly longestErrandMs: number;
  readonly audit: Audit;
  /** The outcomes of the k6 shoppers, with the audit of their stock. */
  readonly storm: LoadResult;
}

const skuCount = 3;
/** Each shopper is a customer of its own, who may have one of each SKU for as long as any run takes. */
const purchaseLimit = { quantity: 1, windowSeconds: 86_400 };
const stock = 1_000_000;
/** Shoppers who believe a 503 wait this long before they buy again. Otherwise they would place most of the orders. */
const againMs = 50;
/** Time after the last trouble, for abandoned reservations to expire and for connections to recover. */
const expiryMsMax = 15_000;

/** Makes all troubles under load, and audits the stock afterwards. Every shopper settles its errand first. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { urls, troubles, shoppers, stormers, calmMs = 2_000, log } = options;
  const run = randomUUID().slice(0, 8);
  const skus = Array.from({ length: skuCount }, (_, index) => `chaos-${run}-${index}`);
  for (const sku of skus) await createProduct(urls[0] ?? "", sku, stock, { purchaseLimit });
  await openDepot(urls);

  const stormy = await startStorm(urls, stormers);
  const errands: Errand[] = [];
  const broken = new Set<string>();
  const noteBroken = (error: unknown) => {
    if (!(error instanceof BrokenPromise)) throw error;
    broken.add(error.message);
  };
  let longestErrandMs = 0;
  let open = true;
  const shop = async (shopper: number) => {
    for (let n = 0; open; n += 1) {
      const began = performance.now();
      const [key, lines, plan] = [`${run}-${shopper}-${n}`, cartOf(skus, shopper + n), planOf(shopper + n)];
      const believes = shopper % 2 === 1;
      errands.push(await runErrand({ urls, key, lines, plan, believes }));
      if (believes) await wait(againMs);
      longestErrandMs = Math.max(longestErrandMs, performance.now() - began);
    }
  };
  const move = async () => {
    for (let n = 0; open; n += 1) await sendThereAndBack(urls, skus, `${run}-clerk-${n}`);
  };
  const shopping = Promise.all([
    ...Array.from({ length: shoppers }, (_, shopper) => shop(shopper).catch(noteBroken)),
    move().catch(noteBroken),
  ]);
  const breaking = (async () => {
    for (const { name, make } of troubles) {
      await wait(calmMs);
      log(name);
      await make().catch(noteBroken);
    }
    await wait(calmMs);
    open = false;
  })();
  await Promise.all([shopping, breaking]);
  const storm = await stormy.end();

  const placed = errands.filter((errand) => errand.kind === "placed");
  const planned = (...plans: readonly Plan[]) => placed.filter(({ plan }) => plans.includes(plan)).length;
  const confirmed = planned("pay", "pay twice", "pay, then buy too much", ...gaveBack);
  const cancelled = planned("cancel", "cancel, then pay", "cancel too late, then pay");
  const counts = { placed: placed.length, confirmed, cancelled, unsettled: 0 };
  const payments = new Map(placed.map((errand) => [errand.orderId, errand.payments]));
  const money = new Map(placed.map((errand) => [errand.orderId, errand.money]));
  const seen = { counts, payments, money };
  const audit = await checkStock({ url: urls[0] ?? "", apiKey: loadKey, skus, stock, ...seen, expiryMsMax });
  const { paid, sold, refunded, due } = audit.money;
  if (paid !== sold + refunded + due)
    broken.add(`paid ${paid}, and ${sold} was sold, ${refunded} refunded and ${due} is due`);
  return {
    errands: errands.length,
    placed: placed.length,
    refused: errands.filter(({ kind }) => kind === "refused").length,
    turnedAway: errands.filter(({ kind }) => kind === "turned away").length,
    broken: [...broken],
    longestErrandMs,
    audit,
    storm,
  };
}

/** Carts of one, two and three SKUs, in every order of lines. */
function cartOf(skus: readonly string[], n: number): { sku: string; quantity: number }[] {
  return Array.from({ length: 1 + (n % skus.length) }, (_, line) => ({
    sku: skus[(n + line) % skus.length] ?? "",
    quantity: 1,
  }));
}

/** Paid for, and some or all of it given back. */
const gaveBack = ["pay, then cancel", "pay, then cancel one", "pay, then return one"] as const;

const plans: readonly Plan[] = [
  ...(["pay", "abandon", "cancel", "pay twice", "pay"] as const),
  ...(["cancel, then pay", "abandon", "cancel too late, then pay"] as const),
  ...(["pay, then buy too much", ...gaveBack] as const),
];

function planOf(n: number): Plan {
  return plans[n % plans.length] ?? "pay";
}
