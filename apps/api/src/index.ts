export type { App, AppParts, AppSettings, HealthCheck } from "./app-parts.ts";
export { apiVariables, appSettings, openDoorIssue, parseEnvironment, refusesOpenDoor, wholeNumber } from "./config.ts";
export { createApp } from "./create-app.ts";
export { databaseHealth } from "./health.ts";
export { drain, drainMsMax, stopped } from "./run-api.ts";
export { type Serving, serve } from "./serve.ts";
export { stopSignal } from "./stop-signal.ts";
