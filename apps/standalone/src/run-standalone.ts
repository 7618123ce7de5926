import process from "node:process";
import { drain, opensToEverybody, stopMsMax, stopped, warnOfSharedNames } from "@holdfast/api";
import { calmV8Threads, cannotStart, logCrash, openLogger, stopSignal } from "@holdfast/runtime";
import { readStandaloneConfig } from "./config.ts";
import { fillEmptyShop } from "./demo-catalogue.ts";
import { wire } from "./wiring.ts";

/** Runs the whole of Holdfast in this process until a signal stops it, and ends the process. */
export async function runStandalone(): Promise<never> {
  try {
    const config = readStandaloneConfig();
    const logger = openLogger("standalone", config.LOG_LEVEL);
    logCrash(logger);
    const stop = stopSignal(logger, stopMsMax(config.DRAIN_NOTICE_MS));
    const { serve, worker, engine, database, newId, started } = await wire(config, logger, stop);
    const open = await opensToEverybody(config, database.apiKeys);
    await warnOfSharedNames(config, database.apiKeys, logger);
    if (config.DEMO_CATALOGUE === "on") await fillEmptyShop(engine, database.queries, newId);
    const serving = await serve();
    await worker.start();
    console.log(welcome(serving.url, config.DATABASE_URL, open));
    started();
    calmV8Threads();

    await stopped(stop);
    console.log("Holdfast is stopping: answering what is under way.");
    await drain(serving, engine, config.DRAIN_NOTICE_MS);
    await worker.stop();
    await database.close();
    console.log("Holdfast has stopped.");
    process.exit(0);
  } catch (error) {
    cannotStart("Holdfast", error);
  }
}

/** What a first-time user needs: where to click, and three calls to try. */
function welcome(url: string, file: string, open: boolean): string {
  const auth = open ? "" : ` -H 'authorization: Bearer YOUR_KEY'`;
  return `
Holdfast is serving on ${url}

  dashboard   ${url}/
  API docs    ${url}/docs
  data        ${file}
${open ? "\nThere is no API key yet: it answers this machine only, and lets everyone in.\n" : ""}
Try it:

  curl -s ${url}/v1/products${auth}

  curl -s ${url}/v1/orders${auth} -H 'content-type: application/json' \\
    -H 'idempotency-key: my-first-order' -d '{"lines":[{"sku":"tea-green","quantity":2}]}'

  curl -s -X POST ${url}/v1/orders/ORDER_ID/confirm${auth}

Ctrl-C stops it; nothing acknowledged is lost.
`;
}
