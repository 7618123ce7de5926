import { workerData } from "node:worker_threads";
import { logCrash, openLogger } from "@holdfast/runtime";
import type { ApiConfig } from "./config.ts";
import { wireHttpThread } from "./http-thread-wiring.ts";
import { runHttpThread } from "./threads/http-thread.ts";

const config = workerData as ApiConfig;
const logger = openLogger("api", config.LOG_LEVEL);
logCrash(logger);
runHttpThread((shared, desk) => wireHttpThread(config, logger, shared, desk));
