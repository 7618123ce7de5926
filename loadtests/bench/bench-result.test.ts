import { expect, test } from "vitest";
import { benchResult } from "./bench-result.ts";
import type { Figures } from "./figures.ts";
import type { RoundResult } from "./scenario.ts";

function round(figures: Figures, changes: Partial<RoundResult> = {}): RoundResult {
  return { figures, errors: 0, breaches: [], ...changes };
}

test("takes medians, which one slow round does not move", () => {
  const rounds = [
    round({ rate: 900, p99: 2 }),
    round({ rate: 10, p99: 500 }, { errors: 3 }),
    round({ rate: 1000, p99: 2 }),
  ];
  const { figures, errors, audit } = benchResult("hot", "standalone", rounds);
  expect(figures).toEqual({ rate: { median: 900, min: 10, max: 1000 }, p99: { median: 2, min: 2, max: 500 } });
  expect({ errors, audit }).toEqual({ errors: 3, audit: "ok" });
});

test("takes the middle of the two in the middle", () => {
  expect(benchResult("hot", "no-op", [round({ rate: 4 }), round({ rate: 1 })]).figures.rate?.median).toBe(2.5);
});

test("reports a breach in any round", () => {
  const breaches = [{ rule: "ledger adds up", says: "hot-1: oversold" }] as const;
  const result = benchResult("hot", "mongo", [
    round({ rate: 1 }),
    round({ rate: 1 }, { breaches }),
    round({ rate: 1 }),
  ]);
  expect(result).toMatchObject({ audit: "BREACHED", breaches: ["ledger adds up: hot-1: oversold"] });
});

test("says where there was nothing to audit", () => {
  expect(benchResult("hot", "no-op", [round({ rate: 1 }, { breaches: undefined })]).audit).toBe("nothing to audit");
});

test("leaves out what could not be measured, and takes the rounds in which it could", () => {
  const { figures } = benchResult("expire", "mongo", [
    round({ rate: Number.NaN, p50: Number.NaN }),
    round({ rate: 5 }),
  ]);
  expect(figures).toEqual({ rate: { median: 5, min: 5, max: 5 } });
});
