import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Audit, checkStock } from "../audit/check-stock.ts";
import { loadKey } from "../deployments/load-key.ts";
import type { LoadResult } from "../run-scenario.ts";
import { BrokenPromise } from "./broken-promise.ts";
import { createProduct } from "./call-api.ts";
import { type Errand, type Plan, runErrand } from "./shopper.ts";
import { startStorm } from "./storm.ts";
import type { Trouble } from "./troubles.ts";

export interface ChaosOptions {
  readonly urls: readonly string[];
  /** Made one after another, while shoppers go on. */
  readonly troubles: readonly Trouble[];
  readonly shoppers: number;
  /** k6 shoppers beside them, who send every request three times at once. */
  readonly stormers: number;
  /** Between two troubles: some good times, too. */
  readonly calmMs?: number;
  readonly log: (line: string) => void;
}

export interface ChaosReport {
  readonly errands: number;
  readonly placed: number;
  readonly refused: number;
  /** Shoppers who were answered that nothing was written, and went. */
  readonly turnedAway: number;
  /** What went wrong while it was broken, beside what the audit found; each thing once. */
  readonly broken: readonly string[];
  /** The longest that a shopper had to try until its errand was settled. Milliseconds. */
  readonly longestErrandMs: number;
  readonly audit: Audit;
  /** What came of the k6 shoppers, with the audit of their stock. */
  readonly storm: LoadResult;
}

const skuCount = 3;
const stock = 1_000_000;
/** Those who believe what they are answered buy again after this; without it they would buy most of all. */
const againMs = 50;
/** After the last trouble: what is abandoned must run out within a sweep, and servers have to be found again. */
const expiryMsMax = 15_000;

/** Breaks a deployment in every way it is given, under load, and audits it after. Every shopper settles its errand. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { urls, troubles, shoppers, stormers, calmMs = 2_000, log } = options;
  const run = randomUUID().slice(0, 8);
  const skus = Array.from({ length: skuCount }, (_, index) => `chaos-${run}-${index}`);
  for (const sku of skus) await createProduct(urls[0] ?? "", sku, stock);

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
  const shopping = Promise.all(Array.from({ length: shoppers }, (_, shopper) => shop(shopper).catch(noteBroken)));
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
  const confirmed = planned("pay", "pay twice");
  const cancelled = planned("cancel", "cancel, then pay", "cancel too late, then pay");
  const counts = { placed: placed.length, confirmed, cancelled, unsettled: 0 };
  const payments = new Map(placed.map((errand) => [errand.orderId, errand.payments]));
  const audit = await checkStock({ url: urls[0] ?? "", apiKey: loadKey, skus, stock, counts, payments, expiryMsMax });
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

/** Carts of one, two and three SKUs, in all orders. */
function cartOf(skus: readonly string[], n: number): { sku: string; quantity: number }[] {
  return Array.from({ length: 1 + (n % skus.length) }, (_, line) => ({
    sku: skus[(n + line) % skus.length] ?? "",
    quantity: 1,
  }));
}

const plans: readonly Plan[] = [
  ...(["pay", "abandon", "cancel", "pay twice", "pay"] as const),
  ...(["cancel, then pay", "abandon", "cancel too late, then pay"] as const),
];

function planOf(n: number): Plan {
  return plans[n % plans.length] ?? "pay";
}
