export type { App, AppParts, AppSettings, HealthCheck } from "./app-parts.ts";
export { apiVariables, appSettings, defaultSettings } from "./config.ts";
export { createApp } from "./create-app.ts";
export { acceptsHealth, databaseHealth } from "./health.ts";
export { MemoryRateLimiter } from "./memory-rate-limiter.ts";
export { opensToEverybody } from "./open-door.ts";
export { drain, stopMsMax, stopped } from "./run-api.ts";
export { type Serving, serve } from "./serve.ts";
export { warnOfSharedNames } from "./shared-names.ts";
