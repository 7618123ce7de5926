import { existsSync } from "node:fs";
import process from "node:process";
import { pino } from "pino";
import { readConfig } from "./config.ts";
import { runWorker } from "./run-worker.ts";
import { wire } from "./wiring.ts";

/** A stop takes a commit's time at most. Past this something hangs, and what is left undone the next start makes up for. */
const stopMsMax = 12_000;

if (existsSync(".env")) process.loadEnvFile(".env");
const config = readConfig(process.env);
if (!config.ok) {
  console.error(["The worker cannot start:", ...config.failure].join("\n  "));
  process.exit(1);
}

const logger = pino({ level: config.value.logLevel, base: { app: "worker", pid: process.pid } });
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    logger.info({ signal }, "worker stopping");
    stop.abort();
    setTimeout(() => {
      logger.error({ stopMsMax }, "worker did not stop in time");
      process.exit(1);
    }, stopMsMax).unref();
  });
}

await runWorker(config.value, wire(config.value, logger), logger, stop.signal);
logger.info({}, "worker stopped");
process.exit(0);
