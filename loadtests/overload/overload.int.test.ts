import { expect, onTestFinished, test } from "vitest";
import { runOverload } from "./overload.ts";
import { overloadFaults } from "./overload-faults.ts";
import { startOverloaded } from "./start-overloaded.ts";

/** A server that collapses reaches a fraction of its peak. Other tests on the machine take away less than this. */
const goodputShareMin = 0.75;

test("at ten times what it can do it does what it can, refuses the rest at once, stays small and recovers", async () => {
  const server = await startOverloaded("slow database");
  onTestFinished(async () => void (await server.stop()));
  const report = await runOverload({
    server,
    easyRate: 40,
    seconds: 6,
    deadlineMs: 3_000,
    shoppersMax: 150,
    factors: [1, 10],
  });
  const worst = report.stages.at(-1);
  expect(overloadFaults(report, goodputShareMin)).toEqual([]);
  // Otherwise the test would prove nothing.
  expect(worst?.sentShare).toBeGreaterThan(0.9);
  expect(worst?.shed).toBeGreaterThan(1_000);
}, 120_000);
