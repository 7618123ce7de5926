export { Registry } from "prom-client";
export { type AuditorFigures, auditorMetrics } from "./auditor-metrics.ts";
export { engineMetrics, type WatchedEngine } from "./engine-metrics.ts";
export { type ExpiryFigures, expiryMetrics } from "./expiry-metrics.ts";
export { feedReaderMetrics } from "./feed-reader-metrics.ts";
export { processMetrics } from "./process-metrics.ts";
export { redisMetrics } from "./redis-metrics.ts";
export { type ObserveRequest, requestMetrics } from "./request-metrics.ts";
