import { randomBytes } from "node:crypto";
import { type Audit, checkStock } from "@holdfast/audit";
import { type K6Summary, runK6 } from "@holdfast/test-services";
import { defaultSizes, type ScenarioName, shopSkusOf } from "./scenarios/sizes.ts";

/** How late a reservation may expire: one sweep interval if every wake-up was lost, and some time for a slow machine. */
const expiryLateMsMax = 30_000;

export interface ScenarioRun {
  readonly name: ScenarioName;
  readonly urls: readonly string[];
  /** The API key that the shoppers send, if any. */
  readonly apiKey?: string | undefined;
  /** Sizes to change, by their names in `defaultSizes`. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Whether servers may go away during the run: then a 5xx leaves an outcome open and is not a failure. */
  readonly allowOutages?: boolean;
  /** More variables for the script. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The outcomes that k6 counted, see scenarios/outcomes.ts. */
export interface Counts {
  readonly placed: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly cancelled: number;
  readonly replayed: number;
  readonly gaveUp: number;
  readonly unsettled: number;
  readonly shed: number;
  readonly unexpected: number;
}

export interface LoadResult {
  readonly name: ScenarioName;
  readonly counts: Counts;
  readonly requestsPerSecond: number;
  /** All metrics of k6, and those of the scenario. */
  readonly metrics: K6Summary;
  /** Milliseconds per request. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** What k6 found wrong: crossed thresholds, and the answers that crossed them. Empty if nothing was wrong. */
  readonly complaints: readonly string[];
  readonly audit: Audit;
}

/** Runs one scenario and audits its stock. Throws if k6 or the audit cannot do its work. */
export async function runScenario({ name, urls, apiKey, sizes, allowOutages, env }: ScenarioRun): Promise<LoadResult> {
  const all: Readonly<Record<string, number>> = { ...defaultSizes[name], ...sizes };
  const run = `${name}-${Date.now().toString(36)}${randomBytes(3).toString("hex")}`;
  const { exitCode, summary, output } = await runK6({
    script: `loadtests/scenarios/${name}.ts`,
    env: {
      ...Object.fromEntries(Object.entries(all).map(([variable, size]) => [variable, String(size)])),
      RUN: run,
      URLS: urls.join(","),
      ALLOW_OUTAGES: allowOutages ? "1" : "0",
      API_KEY: apiKey ?? "",
      ...env,
    },
  });
  // 99: the run is complete, and a threshold was crossed.
  if (summary === undefined || (exitCode !== 0 && exitCode !== 99)) {
    throw new Error(`k6 ended with ${exitCode}:\n${output.slice(-4_000)}`);
  }
  const counts = countsOf(summary);
  const audit = await checkStock({
    url: urls[0] ?? "",
    skus: shopSkusOf(run, all["SKUS"] ?? 1),
    stock: all["STOCK"] ?? 0,
    counts,
    // With short reservations, all unpaid ones must have run out in the end.
    expiryMsMax: all["HOLD_SECONDS"] === undefined ? undefined : all["HOLD_SECONDS"] * 1000 + expiryLateMsMax,
    apiKey,
  });
  const { med = 0, "p(95)": p95 = 0, "p(99)": p99 = 0 } = summary["http_req_duration"] ?? {};
  const requestsPerSecond = summary["http_reqs"]?.["rate"] ?? 0;
  return {
    name,
    counts,
    requestsPerSecond,
    metrics: summary,
    latency: { p50: med, p95, p99 },
    complaints: exitCode === 0 ? [] : complaintsIn(output),
    audit,
  };
}

function countsOf(summary: K6Summary): Counts {
  const count = (metric: string) => summary[metric]?.["count"] ?? 0;
  return {
    placed: count("placed"),
    refused: count("refused"),
    confirmed: count("confirmed"),
    cancelled: count("cancelled"),
    replayed: count("replayed"),
    gaveUp: count("gave_up"),
    unsettled: count("unsettled"),
    shed: count("shed"),
    unexpected: count("unexpected"),
  };
}

/** How many kinds of complaints to print. */
const complaintsMax = 10;

const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

function complaintsIn(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  const thresholds = lines.flatMap((line, index) =>
    line.startsWith("✗") ? [`${lines.slice(0, index).findLast((other) => /^\w+$/.test(other))}: ${line}`] : [],
  );
  const answers = lines.flatMap((line) => line.match(/level=error msg="(POST .*)" source=console/)?.[1] ?? []);
  // One bug fails hundreds of requests in the same way: print it once, with a count.
  const alike = Map.groupBy(answers, (line) =>
    line
      .replaceAll('\\"', '"')
      .replace(uuid, "...")
      .replace(/ord_\w+/g, "ord_..."),
  );
  const kinds = [...alike].map(([line, all]) => `${all.length} x ${line}`);
  return [...thresholds, ...kinds.slice(0, complaintsMax)];
}
