import { expect, test } from "vitest";
import type { StormResult } from "./run-storm.ts";
import { isClean, stormReport } from "./storm-report.ts";

const clean: StormResult = {
  url: "http://shop",
  sku: "tea",
  buyers: 4_000,
  atOnceMax: 50,
  copies: 2,
  stock: { total: 2_000, sold: 1_500, held: 0, left: 500 },
  orders: { placed: 3_000, confirmed: 1_500, cancelled: 1_500, refused: 1_000, unsettled: 0, replays: 6_000 },
  seconds: 2,
  ordersPerSecond: 1_500,
  requestsPerSecond: 9_000,
  latency: { p50: 1.25, p95: 4, p99: 9.99 },
  answers: { "201": 9_000, "409 insufficient_stock": 2_000 },
  complaints: [],
  audit: { breaches: [], orders: 3_000, movements: 6_001, events: 6_001 },
};

const broken: StormResult = {
  ...clean,
  complaints: ["k-1 made 2 orders: a, b"],
  audit: { ...clean.audit, breaches: [{ rule: "ledger adds up", says: "tea at main: oversold" }] },
};

test("reports a storm as text", () => {
  expect(stormReport(clean, "text")).toBe(`A storm of 4,000 buyers on http://shop, SKU tea
  buyers    50 at a time, each request 2 times at once
  orders    3,000 placed: 1,500 sold, 1,500 cancelled; 6,000 replays
  refused   1,000 buyers
  rate      1,500 orders and 9,000 requests a second, for 2.0 s
  placing   p50 1.3 ms, p95 4.0 ms, p99 10.0 ms
  answers   201: 9,000, 409 insufficient_stock: 2,000
  stock     2,000 units: 1,500 sold, 0 held, 500 left
  audit     every promise is kept: 3,000 orders, 6,001 movements and 6,001 events`);
});

test("reports broken promises in every form", () => {
  const faults = ["ledger adds up: tea at main: oversold", "answers: k-1 made 2 orders: a, b"];
  for (const form of ["text", "markdown"] as const) {
    const report = stormReport(broken, form);
    for (const fault of [...faults, "BROKEN, 2 times"]) expect(report).toContain(fault);
  }
  expect(JSON.parse(stormReport(broken, "json"))).toEqual({ ok: false, ...broken });
  expect([isClean(clean), isClean(broken)]).toEqual([true, false]);
});

test("reports a storm as a table of Markdown", () => {
  const lines = stormReport(clean, "markdown").split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "## A storm of 4,000 buyers on http://shop, SKU tea",
    "",
    "| | |",
    "| --- | --- |",
    "| buyers | 50 at a time, each request 2 times at once |",
  ]);
  expect(lines.slice(4).every((line) => /^\| .* \| .* \|$/.test(line))).toBe(true);
});
