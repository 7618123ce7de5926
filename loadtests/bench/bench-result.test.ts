import { expect, test } from "vitest";
import { benchResult, ratiosOf } from "./bench-result.ts";
import { benchReport } from "./report.ts";
import type { RoundResult } from "./round.ts";

function round(rate: number, changes: Partial<RoundResult> = {}): RoundResult {
  return { rate, p50: 1, p99: 2, errors: 0, breaches: [], ...changes };
}

test("takes medians, which one slow round does not move", () => {
  const result = benchResult("hot", "standalone", [round(900), round(10, { p99: 500, errors: 3 }), round(1000)]);
  expect(result).toMatchObject({ rate: 900, rateMin: 10, rateMax: 1000, p99: 2, errors: 3, audit: "ok" });
});

test("tells of a breach in any round", () => {
  const breaches = [{ rule: "ledger adds up", says: "hot-1: oversold" }] as const;
  const result = benchResult("hot", "mongo", [round(1), round(1, { breaches }), round(1)]);
  expect(result.audit).toBe("BREACHED");
  expect(benchReport([result])).toContain("hot, mongo: ledger adds up: hot-1: oversold");
});

test("compares within a scenario, and only what was measured", () => {
  const results = [
    benchResult("hot", "no-op", [round(1000, { breaches: undefined })]),
    benchResult("hot", "standalone", [round(600)]),
    benchResult("spread", "standalone", [round(500)]),
    benchResult("hot", "mongo", [round(300)]),
  ];
  expect(ratiosOf(results)).toEqual([{ scenario: "hot", of: "standalone", to: "no-op", ratio: 0.6 }]);
});
