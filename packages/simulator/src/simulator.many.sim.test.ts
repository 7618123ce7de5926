import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const seeds = 10_000;
/** `TEST_SEED=random` plays others. A failure names its own. */
const first = Number(process.env["TEST_SEED"]);

test(`every promise is kept in ${seeds} simulations, from seed ${first} on`, async () => {
  const processes = availableParallelism();
  const share = Math.ceil(seeds / processes);
  const runs = Array.from({ length: processes }, (_, index) => runSeeds(first + index * share, share));
  for (const output of await Promise.all(runs)) expect(output).toContain("every promise was kept");
}, 600_000);

/** The output of the command for this many seeds. */
async function runSeeds(seed: number, count: number): Promise<string> {
  const command = join(import.meta.dirname, "run-simulation.ts");
  const run = promisify(execFile)(process.execPath, [command, "--seeds", `${count}`, "--seed", `${seed}`]);
  const { stdout, stderr } = await run.catch((failed: { stdout: string; stderr: string }) => failed);
  return `${stdout}${stderr}`;
}
