import { Counter } from "k6/metrics";
import type { Options } from "k6/options";
import { allowOutages } from "./settings.ts";

/** What became of the shoppers of a run. The audit compares these numbers with what the API tells afterwards. */
export const outcomes = {
  /** Orders acknowledged with 201, replays not counted. */
  placed: new Counter("placed"),
  /** 409 `insufficient_stock`. */
  refused: new Counter("refused"),
  confirmed: new Counter("confirmed"),
  cancelled: new Counter("cancelled"),
  /** Answers marked `Idempotent-Replayed`. */
  replayed: new Counter("replayed"),
  /** Shoppers who found nothing to buy in all their time. */
  gaveUp: new Counter("gave_up"),
  /** Requests whose outcome an allowed outage left open. */
  unsettled: new Counter("unsettled"),
  /** 503 `overloaded`: refused before it was decided. */
  shed: new Counter("shed"),
  /** Answers that break the API's word, in status, headers or body. */
  unexpected: new Counter("unexpected"),
};

/** Options that every scenario shares. `exact`: counts that must come out so, unless outages are allowed. */
export function optionsOf(
  scenarios: NonNullable<Options["scenarios"]>,
  exact: Readonly<Record<string, number>>,
): Options {
  const exactly = Object.entries(exact).map(([metric, count]) => [metric, [`count==${count}`]]);
  return {
    scenarios,
    thresholds: { unexpected: ["count==0"], ...(allowOutages ? {} : Object.fromEntries(exactly)) },
    summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
    batch: 100,
    batchPerHost: 0,
    setupTimeout: "120s",
  };
}

/** So many shoppers, each once, at most `atOnce` of them at one time. */
export function shoppers(count: number, atOnce: number, exec?: string) {
  return {
    executor: "shared-iterations" as const,
    iterations: count,
    vus: Math.min(count, atOnce),
    maxDuration: "30m",
    ...(exec === undefined ? {} : { exec }),
  };
}
