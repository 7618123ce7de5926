import { calmV8Threads, cannotStart, logCrash, openLogger, stopSignal } from "@holdfast/runtime";
import { growWithWork } from "@holdfast/runtime/v8-flags";
import { readApiConfig } from "./config.ts";
import { stopMsMax } from "./drain.ts";
import { runApi } from "./run-api.ts";
import { wire } from "./wiring.ts";

/** Runs an API in this process until a signal stops it, and ends the process. */
export async function runApiProcess(): Promise<never> {
  try {
    const config = readApiConfig();
    const logger = openLogger("api", config.LOG_LEVEL);
    logCrash(logger);
    growWithWork();
    calmV8Threads();
    await runApi(config, wire(config, logger), logger, stopSignal(logger, stopMsMax(config.DRAIN_NOTICE_MS)));
    logger.info("api stopped");
    process.exit(0);
  } catch (error) {
    cannotStart("The API", error);
  }
}
