import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithLaunchers, readCommandLine } from "@holdfast/runtime";
import { isClean, loadReport } from "../load-report.ts";
import { type ChaosReport, runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { startChaosDisk } from "./chaos-disk.ts";
import { type ChaosRun, chaosUsage, readChaosOptions } from "./chaos-options.ts";
import { startChaosStandalone } from "./chaos-standalone.ts";
import { diskTroubles } from "./disk-troubles.ts";
import { mongoCorruptions } from "./mongo-corruptions.ts";
import { recordTroubles } from "./record-troubles.ts";
import { sqliteCorruptions } from "./sqlite-corruptions.ts";
import { clusterTroubles, standaloneTroubles, type Trouble } from "./troubles.ts";

// `pnpm chaos [--rounds N] [--shoppers N] [--stormers N]`: every trouble of a cluster once a round, in another order each time, and
// then every trouble of a standalone's disk. `pnpm chaos --disk`: the latter only. `pnpm chaos --kills N`: kills a standalone N times
// instead. Exit code 1: a promise was broken. 2: the command line is wrong.

endWithLaunchers();

const began = performance.now();
const log = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const run = readCommandLine({ words: process.argv.slice(2), usage: chaosUsage }, readChaosOptions);
try {
  process.exitCode = 0;
  if (run.form === "kills") tell(await killStandalone(run, run.kills));
  if (run.form === "all") tell(await breakCluster(run, run.rounds));
  if (run.form === "all" || run.form === "disk") tell(await breakDisk(run, run.rounds));
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exit();

function tell({ errands, placed, refused, turnedAway, broken, longestErrandMs, audit, storm }: ChaosReport): void {
  log(
    `${errands} errands: ${placed} placed, ${refused} refused, ${turnedAway} turned away; the longest took ${Math.round(longestErrandMs)} ms`,
  );
  log(`the latest expiry came ${audit.expiredLateMsMax ?? 0} ms late`);
  log(
    `${audit.orders} orders, ${audit.movements} movements and ${audit.events} events audited: ${audit.breaches.length} breaches`,
  );
  const { paid, sold, refunded, due } = audit.money;
  log(`paid ${paid} = sold ${sold} + refunded ${refunded} + due ${due}`);
  for (const { rule, says } of audit.breaches.slice(0, 20)) log(`  ${rule}: ${says}`);
  for (const line of broken.slice(0, 20)) log(`  broken promise: ${line}`);
  console.log(loadReport(storm));
  if (audit.breaches.length + broken.length > 0 || !isClean(storm)) process.exitCode = 1;
}

async function breakCluster({ shoppers, stormers }: ChaosRun, rounds: number): Promise<ChaosReport> {
  const cluster = await startChaosCluster();
  try {
    const urls = cluster.apis.map(({ url }) => url);
    const records = recordTroubles({
      urls,
      workerUrl: cluster.worker.url,
      corruptions: mongoCorruptions(cluster.databaseUrl),
    });
    const troubles = inRounds([...clusterTroubles(cluster), ...records], rounds);
    return await runChaos({ urls, troubles, shoppers, stormers, log });
  } finally {
    await cluster.stop();
  }
}

async function breakDisk({ shoppers, stormers }: ChaosRun, rounds: number): Promise<ChaosReport> {
  const shop = await startChaosDisk();
  try {
    if (shop.small === undefined) log("not root: no disk of its own is filled here, only writes find no room");
    const { url } = shop.app;
    const records = recordTroubles({ urls: [url], workerUrl: url, corruptions: sqliteCorruptions(shop.databasePath) });
    const troubles = inRounds([...diskTroubles(shop), ...records], rounds);
    const report = await runChaos({ urls: [url], troubles, shoppers, stormers, log });
    log(`${shop.app.logBytes} bytes of log`);
    return report;
  } finally {
    await shop.stop();
  }
}

async function killStandalone({ shoppers, stormers }: ChaosRun, kills: number): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-chaos-"));
  const standalone = await startChaosStandalone(folder);
  try {
    const troubles = standaloneTroubles(standalone, kills);
    return await runChaos({ urls: [standalone.url], troubles, shoppers, stormers, calmMs: 200, log });
  } finally {
    await standalone.stop();
    rmSync(folder, { recursive: true });
  }
}

function inRounds(troubles: readonly Trouble[], rounds: number): Trouble[] {
  return Array.from({ length: rounds }, () => troubles.toSorted(() => Math.random() - 0.5)).flat();
}
