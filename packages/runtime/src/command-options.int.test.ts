import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const home = join(import.meta.dirname, "../../..");

/** Every program with options, as `package.json` starts it. */
const programs = [
  "apps/backup/src/main.ts",
  "apps/keys/src/main.ts",
  "apps/migrate/src/main.ts",
  "loadtests/run-load.ts",
  "loadtests/chaos/run-chaos.ts",
  "loadtests/overload/run-overload.ts",
  "loadtests/bench/run-bench.ts",
  "packages/generated-clients/src/run-generators.ts",
  "packages/simulator/src/run-simulation.ts",
];

async function run(program: string, ...words: string[]) {
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, [program, ...words], { cwd: home }).then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return { stdout, stderr, code };
}

describe.each(programs)("%s", (program) => {
  test("answers a wrong option in a line or two and exit code 2", async () => {
    const { stdout, stderr, code } = await run(program, "--no-such-option");
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
  });

  test("says what it takes", async () => {
    const { stdout, stderr, code } = await run(program, "--help");
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout.length).toBeGreaterThan(20);
  });
});

test.each([
  ["loadtests/bench/run-bench.ts", ["hot"], "hot"],
  ["loadtests/bench/run-bench.ts", ["--scenario", "hottest"], "hottest is none of"],
  ["loadtests/bench/run-bench.ts", ["--rounds", "0"], "--rounds"],
  ["loadtests/run-load.ts", [], "scenario"],
  ["loadtests/run-load.ts", ["flash-sale", "--buyers", "x"], "--buyers"],
  ["loadtests/run-load.ts", ["flash-sale", "--no-such-option"], "no-such-option"],
  ["loadtests/chaos/run-chaos.ts", ["--no-such-option"], "no-such-option"],
  ["loadtests/overload/run-overload.ts", ["--seconds", "soon"], "--seconds"],
  ["packages/simulator/src/run-simulation.ts", ["--seeds", "0"], "--seeds"],
  ["packages/simulator/src/run-simulation.ts", ["--bug", "none"], "none"],
])("%s %j is answered in one line", async (program, words, named) => {
  const { stdout, stderr, code } = await run(program, ...words);
  expect([stdout, code, stderr.trim().split("\n").length]).toEqual(["", 2, 1]);
  expect(stderr).toContain(named);
});
