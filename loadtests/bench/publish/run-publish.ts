import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { judge } from "../goals.ts";
import type { BenchReport } from "../report.ts";
import { benchChart } from "./bench-chart.ts";
import { benchTables, betweenMarkers } from "./bench-tables.ts";

// `pnpm bench:publish FILE.json`: puts what `pnpm bench --json FILE.json` has measured into docs/performance.md, and draws
// docs/bench.svg.

const docs = resolve(import.meta.dirname, "../../../docs");

const [json] = process.argv.slice(2);
if (json === undefined) {
  console.error("pnpm bench:publish FILE.json");
  process.exitCode = 2;
} else {
  // Written by this version of the bench; an older one's cannot be read. Judged anew: goals may have changed since.
  const read = JSON.parse(await readFile(json, "utf8")) as BenchReport;
  const report = { ...read, goals: judge(read.results, read.options.sizes) };
  const page = resolve(docs, "performance.md");
  await writeFile(page, betweenMarkers(await readFile(page, "utf8"), "bench", benchTables(report)));
  await writeFile(resolve(docs, "bench.svg"), benchChart(report));
}
