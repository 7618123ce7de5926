import { readFile } from "node:fs/promises";
import { runK6 } from "@holdfast/test-services";

/** Linux counts processor time in hundredths of a second. */
const microsecondsPerTick = 10_000;

export interface K6Load {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly sku: string;
  readonly connections: number;
  /** k6 takes at least 1. */
  readonly seconds: number;
}

export interface K6Measurement {
  readonly placed: number;
  readonly rate: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly requests: number;
  /** Processor time of k6 per request, including its start. NaN if the system does not say. */
  readonly microsecondsPerRequest: number;
}

/** Orders one SKU from this many k6 users, each the next order as soon as one is answered. */
export async function k6ClosedLoop({ url, apiKey = "", sku, connections, seconds }: K6Load): Promise<K6Measurement> {
  const before = await childMicroseconds();
  const { exitCode, summary, output } = await runK6({
    script: "loadtests/scenarios/closed-loop.ts",
    env: {
      API_KEY: apiKey,
      RUN: sku,
      URLS: url,
      CONNECTIONS: String(connections),
      SECONDS: String(Math.max(1, seconds)),
    },
  });
  if (summary === undefined || exitCode !== 0) throw new Error(`k6 ended with ${exitCode}:\n${output.slice(-4_000)}`);
  const { count: requests = 0 } = summary["http_reqs"] ?? {};
  const { count: placed = 0, rate = 0 } = summary["placed"] ?? {};
  const p99 = summary["http_req_duration"]?.["p(99)"] ?? Number.NaN;
  const took = (await childMicroseconds()) - before;
  return { placed, rate, p99, requests, microsecondsPerRequest: took / requests };
}

/** The processor time of all ended children of this process. */
async function childMicroseconds(): Promise<number> {
  const text = await readFile("/proc/self/stat", "utf8").catch(() => "");
  // The name in brackets may contain anything, so begin behind it: state is field 3, cutime and cstime are 16 and 17.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13] ?? Number.NaN) + Number(fields[14] ?? Number.NaN)) * microsecondsPerTick;
}
