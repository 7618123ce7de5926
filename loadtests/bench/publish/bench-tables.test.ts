import { expect, test } from "vitest";
import { readBenchOptions } from "../bench-options.ts";
import { benchResult } from "../bench-result.ts";
import { benchReport } from "../report.ts";
import { benchTables, betweenMarkers } from "./bench-tables.ts";

const report = benchReport(readBenchOptions(["--due-holds", "500"]), [
  benchResult("hot", "bare", [{ figures: { rate: 1000 }, errors: 0, breaches: undefined }]),
  benchResult("hot", "standalone", [{ figures: { rate: 800, p99: 4, hotRate: 7 }, errors: 3, breaches: [] }]),
]);

test("writes goals and figures as Markdown", () => {
  expect(benchTables(report).split("\n").slice(2)).toEqual([
    "| goal | wanted | reached | met |",
    "| --- | --- | --- | --- |",
    "| hot: standalone against a bare app | >= 0.32 x | 0.80 x | yes |",
    "",
    "| scenario | variant | rate (min - max) | p50 | p99 | slowest | more | errors | audit |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    "| hot | bare | 1000/s (1000 - 1000) |  |  |  |  | 0 | nothing to audit |",
    "| hot | standalone | 800/s (800 - 800) |  | 4.00 ms |  | hotRate 7.00/s | 3 | ok |",
  ]);
});

test("says how to run it again, with the sizes that were changed", () => {
  const [how] = benchTables(report).split("\n");
  expect(how).toMatch(/: `pnpm bench --rounds 3 --seconds 3 --connections 50 --due-holds 500`\.$/);
});

test("replaces what stands between markers, and nothing else", () => {
  expect(betweenMarkers("a <!-- x -->old<!-- /x --> b", "x", "new")).toBe("a <!-- x -->\nnew\n<!-- /x --> b");
  expect(() => betweenMarkers("<!-- x -->", "x", "new")).toThrow("there is no place for x");
});
