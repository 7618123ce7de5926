import { writeFile } from "node:fs/promises";
import { endWithLaunchers, readCommandLine } from "@holdfast/runtime";
import { bench } from "./bench.ts";
import { benchUsage, readBenchOptions } from "./bench-options.ts";
import type { BenchResult } from "./bench-result.ts";
import { benchReport, reportText } from "./report.ts";

// `pnpm bench`: see `benchUsage`. Exit code 1: an audit found a breach. A missed goal is a measurement, and not a failure. 2: the
// command line is wrong.

endWithLaunchers();

const options = readCommandLine({ words: process.argv.slice(2), usage: benchUsage() }, readBenchOptions);
try {
  const keep = async (results: readonly BenchResult[]) => {
    const text = JSON.stringify(benchReport(options, results), undefined, 2);
    if (options.json !== undefined) await writeFile(options.json, `${text}\n`);
  };
  const report = benchReport(options, await bench(options, { tell: console.log, keep }));
  console.log(`\n${reportText(report)}`);
  if (report.results.some(({ audit }) => audit === "BREACHED")) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
