import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everyMetric } from "./test-metrics.ts";

test("the runbook lists every metric as it is", async () => {
  const runbook = readFileSync(join(import.meta.dirname, "../../../docs/runbook.md"), "utf8");
  const listed = runbook
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, name = ""]) => name.startsWith("`holdfast_"))
    .map(([, name, type, labels, meaning]) => [name, type, labels, meaning]);
  const { registry } = everyMetric();
  const labelsOf = (name: string): string[] => Reflect.get(registry.getSingleMetric(name) ?? {}, "labelNames") ?? [];
  const shown = (await registry.getMetricsAsJSON())
    .filter(({ name }) => name.startsWith("holdfast_"))
    .map(({ name, type, help }) => [`\`${name}\``, String(type), labelsOf(name).join(", "), help])
    .sort();
  expect(listed.sort()).toEqual(shown);
});

test("counts requests by method, route and status", async () => {
  const { registry, observe } = everyMetric();
  observe("POST", "/v1/orders", 201, 0.004);
  observe("POST", "/v1/orders", 201, 0.3);
  observe("POST", "/v1/orders", 409, 0.02);
  const text = await registry.metrics();
  const name = "holdfast_http_request_duration_seconds";
  expect(text).toContain(`${name}_count{method="POST",route="/v1/orders",status="201"} 2`);
  expect(text).toContain(`${name}_count{method="POST",route="/v1/orders",status="409"} 1`);
  expect(text).toContain(`${name}_bucket{le="0.005",method="POST",route="/v1/orders",status="201"} 1`);
});

test("counts an engine's commits and what it sheds, and reads its queue when it is asked", async () => {
  const { registry, api } = everyMetric();
  const engine = { queued: 3 };
  api.watch(engine);
  api.observer.committed({ kind: "committed", wrote: true, reason: undefined, commands: 40, ms: 12 });
  api.observer.shed("queue_full");
  engine.queued = 5;
  const text = await registry.metrics();
  for (const line of [
    'holdfast_engine_queue_commands{engine="api"} 5',
    'holdfast_engine_batch_commands_sum{engine="api"} 40',
    'holdfast_engine_commit_duration_seconds_sum{engine="api",outcome="committed"} 0.012',
    'holdfast_engine_commit_duration_seconds_count{engine="api",outcome="unknown"} 0',
    'holdfast_engine_shed_commands_total{engine="api",reason="queue_full"} 1',
    'holdfast_engine_shed_commands_total{engine="api",reason="waited_too_long"} 0',
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("shows what the worker and the auditor have done, the same however often it is asked", async () => {
  const { registry, ran, swept } = everyMetric();
  ran("failed", 200);
  swept({ handled: 7, lateMsMax: 700, restMs: 0 });
  await registry.metrics();
  const text = await registry.metrics();
  for (const line of [
    "holdfast_redis_reachable 1",
    'holdfast_due_handled_total{kind="reservation_expiry"} 7',
    'holdfast_due_lateness_seconds_sum{kind="reservation_expiry"} 0.7',
    'holdfast_loop_run_duration_seconds_count{loop="level_audit",outcome="ok"} 0',
    'holdfast_loop_run_duration_seconds_sum{loop="level_audit",outcome="failed"} 0.2',
    'holdfast_loop_since_success_seconds{loop="level_audit"} 1.5',
    'holdfast_feed_consumer_position{consumer="relay"} 40',
    'holdfast_feed_consumer_behind_commits{consumer="relay"} 2',
    "holdfast_auditor_levels_total 120",
    "holdfast_auditor_rounds_total 2",
    "holdfast_auditor_last_round_seconds 2.5",
    "holdfast_drift_levels 2",
    'holdfast_drift_figure_levels{figure="reservedStock"} 2',
    'holdfast_drift_figure_levels{figure="committedStock"} 0',
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});
