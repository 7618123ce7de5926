import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endWithLaunchers } from "@holdfast/runtime";
import { isClean, loadReport } from "../load-report.ts";
import { type ChaosReport, runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { startChaosStandalone } from "./chaos-standalone.ts";
import { clusterTroubles, standaloneTroubles } from "./troubles.ts";

// `pnpm chaos [--rounds N] [--shoppers N] [--stormers N]`: every trouble of a cluster once a round, in another order each time.
// `pnpm chaos --kills N`: a standalone killed N times instead. Exit code 1: a promise was broken.

endWithLaunchers();

const number = { type: "string" } as const;
const { values } = parseArgs({ options: { rounds: number, kills: number, shoppers: number, stormers: number } });
const shoppers = Number(values.shoppers ?? "20");
const stormers = Number(values.stormers ?? "10");
const began = performance.now();
const log = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

try {
  const { errands, placed, refused, longestErrandMs, audit, storm } =
    values.kills === undefined ? await breakCluster(Number(values.rounds ?? "1")) : await kill(Number(values.kills));
  log(`${errands} errands: ${placed} placed, ${refused} refused; the longest took ${Math.round(longestErrandMs)} ms`);
  log(`the latest expiry came ${audit.expiredLateMsMax ?? 0} ms late`);
  log(
    `${audit.orders} orders, ${audit.movements} movements and ${audit.events} events audited: ${audit.breaches.length} breaches`,
  );
  for (const { rule, says } of audit.breaches.slice(0, 20)) log(`  ${rule}: ${says}`);
  console.log(loadReport(storm));
  process.exitCode = audit.breaches.length === 0 && isClean(storm) ? 0 : 1;
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exit();

async function breakCluster(rounds: number): Promise<ChaosReport> {
  const cluster = await startChaosCluster();
  try {
    const all = clusterTroubles(cluster);
    const troubles = Array.from({ length: rounds }, () => all.toSorted(() => Math.random() - 0.5)).flat();
    return await runChaos({ urls: cluster.apis.map(({ url }) => url), troubles, shoppers, stormers, log });
  } finally {
    await cluster.stop();
  }
}

async function kill(count: number): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-chaos-"));
  const standalone = await startChaosStandalone(folder);
  try {
    const troubles = standaloneTroubles(standalone, count);
    return await runChaos({ urls: [standalone.url], troubles, shoppers, stormers, calmMs: 200, log });
  } finally {
    await standalone.stop();
    rmSync(folder, { recursive: true });
  }
}
