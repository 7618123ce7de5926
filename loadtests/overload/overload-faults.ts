import type { OverloadReport } from "./overload.ts";

/** A refusal that takes longer is no help to a client that could have come again. */
const shedMsP95Max = 1_000;
/**
 * What a server may hold above what it held at its capacity. At most `queueMax` commands wait, a few KiB each; each has a
 * socket with its buffers, some tens of KiB. The rest is garbage of the requests that are refused, which V8 lets lie longer
 * the more there is of it. What grew with the rate would be several hundred at ten times the capacity.
 */
const rssGrowthMibMax = 150;
/** What has recovered refuses nobody, and is late for next to nobody. */
const recoveredShareMin = 0.95;

/**
 * What in a report is not as promised. Empty: overload is shed, and leaves nothing behind. `goodputShareMin`: of its peak,
 * what a server must do at any rate above it; less where it has to share the machine.
 */
export function overloadFaults({ peak, stages, recovered }: OverloadReport, goodputShareMin = 0.9): string[] {
  const faults = [...stages, recovered].flatMap(({ factor, faults }) =>
    faults.map((fault) => `at ${factor}x: ${fault}`),
  );
  const atCapacityMib = stages[0]?.rssMib ?? 0;
  for (const { factor, goodput, shedMsP95, rssMib } of stages) {
    if (goodput < goodputShareMin * peak) {
      faults.push(`at ${factor}x it does ${Math.round(goodput)}/s of the ${Math.round(peak)}/s that it can do`);
    }
    if (shedMsP95 > shedMsP95Max) faults.push(`at ${factor}x a refusal takes ${Math.round(shedMsP95)} ms`);
    if (rssMib > atCapacityMib + rssGrowthMibMax) {
      faults.push(`at ${factor}x it holds ${Math.round(rssMib)} MiB, and ${Math.round(atCapacityMib)} at its capacity`);
    }
  }
  if (recovered.shed > 0) faults.push(`after it all it still refuses ${recovered.shed} orders`);
  if (recovered.goodput < recoveredShareMin * recovered.offered) {
    faults.push(`after it all it does ${Math.round(recovered.goodput)}/s of ${recovered.offered}/s`);
  }
  return faults;
}
