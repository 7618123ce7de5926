export { auditorLimits } from "./auditor-limits.ts";
export { createWorker, type Worker, type WorkerParts } from "./create-worker.ts";
