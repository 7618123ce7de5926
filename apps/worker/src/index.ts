export { auditorLimits } from "./auditor-limits.ts";
export { createWorker, type Worker, type WorkerParts } from "./create-worker.ts";
export { expiryLimits } from "./expiry-limits.ts";
export type { LoopTotals } from "./expiry-loop.ts";
export { InProcessWakeups } from "./in-process-wakeups.ts";
export type { Logger } from "./logger.ts";
