import { workerData } from "node:worker_threads";
import { runHttpThread } from "@holdfast/api";
import { logCrash, openLogger } from "@holdfast/runtime";
import type { StandaloneConfig } from "./config.ts";
import { wireHttpThread } from "./http-thread-wiring.ts";
import type { StandaloneDesk } from "./wiring.ts";

const config = workerData as StandaloneConfig;
const logger = openLogger("standalone", config.LOG_LEVEL);
logCrash(logger);
runHttpThread<StandaloneDesk>((shared, desk) => wireHttpThread(config, logger, shared, desk));
