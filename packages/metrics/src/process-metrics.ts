import { readFileSync } from "node:fs";
import { collectDefaultMetrics, Gauge, type Registry } from "prom-client";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Gauges of prom-client to leave out: some are named like counters (`_total`), the others repeat `nodejs_active_resources`. */
const misnamed = [
  "nodejs_active_resources_total",
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_handles",
  "nodejs_active_requests",
];

/** Adds the metrics of the process itself: its build, and prom-client's metrics of process and Node. Call it once a process. */
export function processMetrics(registry: Registry, app: string): void {
  new Gauge({
    name: "holdfast_build_info",
    help: "Which build of Holdfast runs here: always 1.",
    labelNames: ["app", "version", "node_version"],
    registers: [registry],
  }).set({ app, version, node_version: process.version }, 1);
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
}
