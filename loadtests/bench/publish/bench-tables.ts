import type { BenchResult } from "../bench-result.ts";
import { digits, type FigureName, figureNames, figureText } from "../figures.ts";
import { type BenchReport, verdictRow } from "../report.ts";
import { defaultSizes, optionOf, sizeNames } from "../sizes.ts";

const columns: readonly FigureName[] = ["rate", "p50", "p99", "slowest"];

/** Not shown here: the README of the load tests has them. */
const leftOut: readonly FigureName[] = ["generatorMicroseconds"];

/** A run as Markdown: its settings, each goal, and every figure. */
export function benchTables(report: BenchReport): string {
  const goalRows = report.goals.map((verdict) => verdictRow(verdict));
  const resultRows = report.results.map((result) => [
    result.scenario,
    result.variant,
    rateText(result),
    ...columns.slice(1).map((name) => medianText(result, name)),
    otherFigures(result),
    String(result.errors),
    result.audit,
  ]);
  return [
    howText(report),
    "",
    ...markdownTable(["goal", "wanted", "reached", "met"], goalRows),
    "",
    ...markdownTable(
      ["scenario", "variant", "rate (min - max)", ...columns.slice(1), "more", "errors", "audit"],
      resultRows,
    ),
  ].join("\n");
}

function howText({ at, machine, options }: BenchReport): string {
  const { rounds, seconds, connections, sizes } = options;
  const changed = sizeNames
    .filter((name) => sizes[name] !== defaultSizes[name])
    .map((name) => ` --${optionOf(name)} ${sizes[name]}`);
  return (
    `${at.slice(0, 10)}, ${machine.platform}, ${machine.cores} cores, Node ${machine.node}: ` +
    `\`pnpm bench --rounds ${rounds} --seconds ${seconds} --connections ${connections}${changed.join("")}\`.`
  );
}

function rateText({ figures: { rate } }: BenchResult): string {
  return rate === undefined ? "" : `${figureText("rate", rate.median)} (${digits(rate.min)} - ${digits(rate.max)})`;
}

function medianText({ figures }: BenchResult, name: FigureName): string {
  const spread = figures[name];
  return spread === undefined ? "" : figureText(name, spread.median);
}

function otherFigures(result: BenchResult): string {
  const others = figureNames.filter((name) => !columns.includes(name) && !leftOut.includes(name));
  return others
    .filter((name) => result.figures[name] !== undefined)
    .map((name) => `${name} ${medianText(result, name)}`)
    .join(", ");
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. Throws where the text has no such place. */
export function betweenMarkers(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`there is no place for ${name}: ${begin} ... ${end}`);
  return `${text.slice(0, from + begin.length)}\n${content.trim()}\n${text.slice(to)}`;
}
