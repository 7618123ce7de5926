export { expiryLimits } from "./expiry-limits.ts";
export { ExpiryLoop, type LoopParts, type LoopTotals } from "./expiry-loop.ts";
export { expirySweep, type Sweep, type SweepParts, type SweepReport } from "./expiry-sweep.ts";
export { InProcessWakeups } from "./in-process-wakeups.ts";
