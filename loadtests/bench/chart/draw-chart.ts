import { readFile, writeFile } from "node:fs/promises";
import type { BenchReport } from "../report.ts";
import { benchChart } from "./bench-chart.ts";

// `pnpm bench:chart FILE.json FILE.svg`: draws what `pnpm bench --json FILE.json` has measured.

const [json, svg] = process.argv.slice(2);
if (json === undefined || svg === undefined) {
  console.error("pnpm bench:chart FILE.json FILE.svg");
  process.exitCode = 2;
} else {
  // Written by this version of the bench; an older one's is not drawn as it should be.
  const report = JSON.parse(await readFile(json, "utf8")) as BenchReport;
  await writeFile(svg, benchChart(report));
}
