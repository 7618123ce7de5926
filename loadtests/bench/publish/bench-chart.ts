import type { BenchResult } from "../bench-result.ts";
import { figureText } from "../figures.ts";
import type { BenchReport } from "../report.ts";
import { type Drawn, escapeText, svgPage } from "./svg.ts";

/** The scenarios to draw, in order. Their rates can be compared. */
const charted = ["hot", "spread", "carts", "sold-out", "lifecycle", "processes"] as const;

const nameWidth = 130;
const barWidthMax = 400;
const barHeight = 16;
const barGap = 4;
const titleHeight = 30;
const groupGap = 14;

/** Draws the rates of a run: a bar for each variant, as long as its share of the scenario's best. */
export function benchChart({ at, machine, results }: Pick<BenchReport, "at" | "machine" | "results">): string {
  const parts: Drawn[] = [];
  let top = 0;
  for (const scenario of charted) {
    const group = results.filter((result) => result.scenario === scenario);
    if (group.length === 0) continue;
    parts.push(scenarioBars(scenario, group, top));
    top += titleHeight + group.length * (barHeight + barGap) + groupGap;
  }
  const caption = `Medians, with the slowest and the fastest round. ${at.slice(0, 10)}, Node ${machine.node}, ${machine.cores} cores.`;
  return svgPage({ title: "Holdfast: requests a second", caption, parts, height: top, width: 720 });
}

function scenarioBars(scenario: string, group: readonly BenchResult[], top: number): Drawn {
  const best = Math.max(...group.map(({ figures }) => figures.rate?.max ?? 0));
  const bars = group.map((result, index) => bar(result, top + titleHeight + index * (barHeight + barGap), best));
  return `<text class="scenario" x="0" y="${top + titleHeight - 10}">${escapeText(scenario)}</text>${bars.join("")}`;
}

function bar({ variant, figures: { rate } }: BenchResult, y: number, best: number): Drawn {
  const { median, min, max } = rate ?? { median: 0, min: 0, max: 0 };
  const xOf = (value: number) => round(nameWidth + (best > 0 ? (value / best) * barWidthMax : 0));
  const middle = y + barHeight / 2;
  const line = y + barHeight - 4;
  return [
    `<text class="name" x="${nameWidth - 8}" y="${line}">${escapeText(variant)}</text>`,
    `<rect class="${variant === "standalone" || variant.startsWith("mongo") ? "ours" : "other"}" x="${nameWidth}" y="${y}"`,
    ` width="${round(xOf(median) - nameWidth)}" height="${barHeight}" rx="2"/>`,
    `<path class="spread" d="M${xOf(min)} ${middle}H${xOf(max)}"/>`,
    `<text class="value" x="${xOf(max) + 8}" y="${line}">${escapeText(figureText("rate", median))}</text>`,
  ].join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
