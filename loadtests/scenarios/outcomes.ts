import { Counter } from "k6/metrics";
import type { Options } from "k6/options";
import { allowOutages } from "./settings.ts";

/** The outcomes of a run, as its shoppers saw them. The audit compares them with the API. */
export const outcomes = {
  /** Orders acknowledged with 201, without replays. */
  placed: new Counter("placed"),
  /** 409 `insufficient_stock`. */
  refused: new Counter("refused"),
  confirmed: new Counter("confirmed"),
  cancelled: new Counter("cancelled"),
  /** Answers marked `Idempotent-Replayed`. */
  replayed: new Counter("replayed"),
  /** Shoppers who never found anything to buy. */
  gaveUp: new Counter("gave_up"),
  /** Requests whose outcome an allowed outage left open. */
  unsettled: new Counter("unsettled"),
  /** 503 `overloaded`. */
  shed: new Counter("shed"),
  /** Answers with a wrong status, header or body. */
  unexpected: new Counter("unexpected"),
};

/** The k6 options of every scenario. `exact`: counts that must be exactly these, unless outages are allowed. */
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

/** Runs each of these shoppers once, at most `atOnce` of them at a time. */
export function shoppers(count: number, atOnce: number, exec?: string) {
  return {
    executor: "shared-iterations" as const,
    iterations: count,
    vus: Math.min(count, atOnce),
    maxDuration: "30m",
    ...(exec === undefined ? {} : { exec }),
  };
}
