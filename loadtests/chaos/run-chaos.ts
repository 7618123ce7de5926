import { parseArgs } from "node:util";
import { runChaos } from "./chaos.ts";
import { startChaosCluster } from "./chaos-cluster.ts";
import { troubles } from "./troubles.ts";

// `pnpm chaos [--rounds N] [--shoppers N]`: every trouble once a round, in another order each time. Exit code 1: a promise
// was broken.

const { values } = parseArgs({ options: { rounds: { type: "string" }, shoppers: { type: "string" } } });
const rounds = Number(values.rounds ?? "1");
const shoppers = Number(values.shoppers ?? "20");
const began = performance.now();
const log = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const cluster = await startChaosCluster();
try {
  const plan = Array.from({ length: rounds }, () => troubles.toSorted(() => Math.random() - 0.5)).flat();
  const { errands, placed, refused, longestErrandMs, audit } = await runChaos({
    cluster,
    troubles: plan,
    shoppers,
    log,
  });
  log(`${plan.length} troubles, ${errands} errands: ${placed} placed, ${refused} refused`);
  log(
    `the longest errand took ${Math.round(longestErrandMs)} ms, the latest expiry came ${audit.expiredLateMsMax} ms late`,
  );
  log(`${audit.orders} orders and ${audit.movements} movements audited: ${audit.breaches.length} breaches`);
  for (const { rule, says } of audit.breaches.slice(0, 20)) log(`  ${rule}: ${says}`);
  process.exitCode = audit.breaches.length === 0 ? 0 : 1;
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await cluster.stop();
}
process.exit();
