import process from "node:process";
import { pino } from "pino";
import { type ApiConfig, readApiConfig } from "./config.ts";
import { runApi, stopMsMax } from "./run-api.ts";
import { stopSignal } from "./stop-signal.ts";
import { wire } from "./wiring.ts";

let config: ApiConfig;
try {
  config = readApiConfig();
} catch (error) {
  console.error(`The API cannot start: ${(error as Error).message}`);
  process.exit(1);
}

const logger = pino({ level: config.LOG_LEVEL, base: { app: "api", pid: process.pid } });
try {
  await runApi(config, wire(config, logger), logger, stopSignal(logger, stopMsMax(config.DRAIN_NOTICE_MS)));
} catch (error) {
  console.error(`The API cannot start: ${(error as Error).message}`);
  process.exit(1);
}
logger.info("api stopped");
process.exit(0);
