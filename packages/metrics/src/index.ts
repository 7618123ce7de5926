export { Registry } from "prom-client";
export { type AuditorFigures, auditorMetrics } from "./auditor-metrics.ts";
export { dueMetrics } from "./due-metrics.ts";
export { engineMetrics, type WatchedEngine } from "./engine-metrics.ts";
export { feedConsumerMetrics, feedReaderMetrics } from "./feed-metrics.ts";
export { loopMetrics } from "./loop-metrics.ts";
export { processMetrics } from "./process-metrics.ts";
export { redisMetrics } from "./redis-metrics.ts";
export { type ObserveRequest, requestMetrics } from "./request-metrics.ts";
