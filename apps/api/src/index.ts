export type { App, AppParts, AppSettings, HealthCheck } from "./app-parts.ts";
export { apiVariables, openDoorMessage, parseEnvironment, refusesOpenDoor, wholeNumber } from "./config.ts";
export { createApp } from "./create-app.ts";
export { type Serving, serve } from "./serve.ts";
