import type { OverloadReport } from "./overload.ts";

/** A slower refusal does not help a client, who could have tried again by then. */
const shedMsP95Max = 1_000;
/**
 * How much more memory a server may use than at its capacity. At most `queueMax` commands wait, a few KiB each, and each has a socket
 * with buffers of some tens of KiB. The rest is garbage of refused requests, which V8 collects later the more there is of it. Memory that
 * grew with the rate would be several hundred MiB at ten times the capacity.
 */
const rssGrowthMibMax = 150;
/** A server that has recovered refuses no request and answers nearly all of them in time. */
const recoveredShareMin = 0.95;

/**
 * What in a report is not as promised. Empty if the server sheds overload and recovers. `goodputShareMin` is the share of its peak that it
 * must reach at any rate above it, which is less if it shares the machine.
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
