import { writeFile } from "node:fs/promises";
import { endWithLaunchers } from "@holdfast/runtime";
import { bench } from "./bench.ts";
import { readBenchOptions } from "./bench-options.ts";
import type { BenchResult } from "./bench-result.ts";
import { benchReport, reportText } from "./report.ts";

// `pnpm bench [--scenario hot,spread] [--variant standalone,no-op] [--rounds N] [--seconds N] [--connections N]
// [--json FILE]`, and the sizes of sizes.ts. Exit code 1: an audit found a breach. A missed goal is a
// measurement, and not a failure.

endWithLaunchers();

try {
  const options = readBenchOptions(process.argv.slice(2));
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
