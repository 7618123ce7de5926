import { expect, test } from "vitest";
import { readBenchOptions } from "./bench-options.ts";
import { benchResult } from "./bench-result.ts";
import { benchReport, reportText } from "./report.ts";

const breaches = [{ rule: "ledger adds up", says: "hot-1: oversold" }] as const;
const report = benchReport(readBenchOptions([]), [
  benchResult("hot", "bare", [{ figures: { rate: 1000, p99: 2 }, errors: 0, breaches: undefined }]),
  benchResult("hot", "standalone", [{ figures: { rate: 250, p99: 4, hotRate: 7 }, errors: 3, breaches }]),
]);

test("shows every figure, each goal and each breach", () => {
  const lines = reportText(report)
    .split("\n")
    .map((line) => line.replaceAll(/ {2,}/g, " | "));
  expect(lines.slice(1)).toEqual([
    "hot | bare | 1000/s (1000 - 1000) | 2.00 ms | 0 | nothing to audit",
    "hot | standalone | 250/s (250 - 250) | 4.00 ms | 3 | BREACHED | hotRate 7.00/s",
    "",
    "goal | wanted | reached | met",
    "hot: standalone against a bare app | >= 0.32 x | 0.25 x | no",
    "BREACHED: hot, standalone: ledger adds up: hot-1: oversold",
  ]);
});

test("keeps the settings of the run beside its results", () => {
  expect(report.options).toMatchObject({ rounds: 3, seconds: 3, connections: 50, sizes: { dueHolds: 100_000 } });
  expect(JSON.parse(JSON.stringify(report)).goals).toMatchObject([{ reached: { median: 0.25 }, met: "no" }]);
});
