import { readFileSync } from "node:fs";
import { collectDefaultMetrics, Gauge, type Registry } from "prom-client";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Of prom-client's own metrics, gauges that call themselves counters (`_total`), or say what another one says by kind. */
const misnamed = [
  "nodejs_active_resources_total",
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_handles",
  "nodejs_active_requests",
];

/** Adds what is known of a process itself: its build, and prom-client's metrics of the process and of Node. Once a process. */
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
