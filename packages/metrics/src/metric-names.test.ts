import { expect, test } from "vitest";
import { namingFaults } from "./naming-faults.ts";
import { everyMetric } from "./test-metrics.ts";

test("every metric of every process passes the rules of `promtool check metrics`", async () => {
  expect(namingFaults(await everyMetric().registry.metrics())).toEqual([]);
});

test.each([
  ["# HELP a_b A.\n# TYPE a_b counter\na_b 1", "a_b: a counter ends in _total"],
  ["# HELP a_total A.\n# TYPE a_total gauge\na_total 1", "a_total: only a counter ends in _total"],
  ["# TYPE a_b gauge\na_b 1", "a_b: has no help"],
  ["# HELP a_counter_b A.\n# TYPE a_counter_b gauge\na_counter_b 1", "a_counter_b: names its type"],
  ["# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1", "a_ms: ms is no base unit"],
  ["# HELP aB A.\n# TYPE aB gauge\naB 1", "aB: is not in snake_case"],
  ['# HELP a_b A.\n# TYPE a_b gauge\na_b{orderId="1"} 1', "a_b: label orderId is not in snake_case"],
  ["# HELP a_count A.\n# TYPE a_count gauge\na_count 1", "a_count: only a histogram ends in _count"],
  ["# HELP a:b A.\n# TYPE a:b gauge\na:b 1", "a:b: colons are for rules"],
])("a page is refused: %j", (page, fault) => {
  expect(namingFaults(page)).toEqual([fault]);
});
