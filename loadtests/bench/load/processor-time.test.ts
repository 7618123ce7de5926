import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { processIn, processorTime, ticksOf } from "./processor-time.ts";

test("reads a process whose name has spaces and brackets", () => {
  const stat = "7 (my (own) app) S 3 7 7 0 -1 4194560 1 2 3 4 250 50 9 9 20 0 14 0";
  expect(processIn(stat)).toEqual({ id: 7, parent: 3, ticks: 318 });
});

test("adds up a process and all that it has started, and no others", () => {
  const processes = [
    { id: 1, parent: 0, ticks: 1_000 },
    { id: 2, parent: 1, ticks: 5 },
    { id: 3, parent: 2, ticks: 7 },
    { id: 4, parent: 2, ticks: 11 },
    { id: 5, parent: 4, ticks: 13 },
    { id: 6, parent: 1, ticks: 17 },
  ];
  expect(ticksOf(2, processes)).toBe(36);
});

test("counts a process that has ended meanwhile", { timeout: 30_000 }, () => {
  const before = processorTime();
  const busy = "const until = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < until);";
  execFileSync(process.execPath, ["--eval", busy]);
  expect(processorTime() - before).toBeGreaterThanOrEqual(250_000);
});

test("grows with what this process does", { timeout: 30_000 }, () => {
  const before = processorTime();
  const until = process.cpuUsage().user + 200_000;
  while (process.cpuUsage().user < until);
  expect(processorTime() - before).toBeGreaterThanOrEqual(100_000);
});
