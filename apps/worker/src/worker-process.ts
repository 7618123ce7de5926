import process from "node:process";
import { cannotStart, logCrash, openLogger, stopSignal } from "@holdfast/runtime";
import { readWorkerConfig } from "./config.ts";
import { runWorker } from "./run-worker.ts";
import { wire } from "./wiring.ts";

/** A stop takes a commit's time at most. Past this something hangs, and what is left undone the next start makes up for. */
const stopMsMax = 12_000;

/** Runs a worker in this process until a signal stops it, and ends the process. */
export async function runWorkerProcess(): Promise<never> {
  try {
    const config = readWorkerConfig();
    const logger = openLogger("worker", config.LOG_LEVEL);
    logCrash(logger);
    await runWorker(config, wire(config, logger), logger, stopSignal(logger, stopMsMax));
    logger.info({}, "worker stopped");
    process.exit(0);
  } catch (error) {
    cannotStart("The worker", error);
  }
}
