import type { Outcome } from "../decide-batch.ts";
import { availableStock, type Balances } from "../stock-level.ts";

/** What became of a command, in one word: `ok`, `replayed`, a failure's code or `broken`. */
export function wordOf(outcome: Outcome): string {
  if (outcome.kind === "broken") return "broken";
  if (outcome.kind === "refused") return outcome.failure.code;
  return outcome.replayed ? "replayed" : "ok";
}

/** A level's `total/reserved/committed/available`; `none` where there is no such level. */
export function stockOf(level: Balances | undefined): string {
  if (level === undefined) return "none";
  return [level.totalStock, level.reservedStock, level.committedStock, availableStock(level)].join("/");
}
