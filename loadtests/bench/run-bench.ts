import { writeFile } from "node:fs/promises";
import { sharedServices } from "@holdfast/test-services";
import { type BenchOptions, readBenchOptions } from "./bench-options.ts";
import type { BenchResult } from "./bench-result.ts";
import { type BenchDeployment, type VariantName, variants } from "./deployments.ts";
import { benchJson, benchReport } from "./report.ts";
import { runRounds } from "./run-rounds.ts";

// `pnpm bench [--scenario hot,spread] [--variant standalone,no-op] [--rounds N] [--seconds N] [--connections N]
// [--json FILE]`. Exit code 1: an audit found a breach.

try {
  const options = readBenchOptions(process.argv.slice(2));
  const results = await bench(options);
  console.log(`\n${benchReport(results)}`);
  if (options.json !== undefined) await writeFile(options.json, benchJson(options, results));
  if (results.some(({ audit }) => audit === "BREACHED")) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const services = options.variants.some((name) => name === "mongo" || name === "classic")
    ? await sharedServices()
    : { mongoUrl: "", redisUrl: "", stop: async () => {} };
  const deployments = new Map<VariantName, BenchDeployment>();
  try {
    const name = `bench-${Date.now().toString(36)}`;
    for (const variant of options.variants) {
      console.log(`starting ${variant}: ${variants[variant].says}`);
      deployments.set(variant, await variants[variant].start({ ...services, bench: name }));
    }
    return await runRounds(deployments, options, console.log);
  } finally {
    for (const deployment of deployments.values()) await deployment.stop();
    await services.stop();
  }
}
