import process from "node:process";
import { drain, opensToEverybody, readDocsFiles, serve, stopMsMax, stopped, warnOfSharedNames } from "@holdfast/api";
import { bundlePage } from "@holdfast/dashboard";
import { cannotStart, logCrash, openLogger, stopSignal } from "@holdfast/runtime";
import { readStandaloneConfig } from "./config.ts";
import { fillEmptyShop } from "./demo-catalogue.ts";
import { welcome } from "./welcome.ts";
import { wire } from "./wiring.ts";

try {
  const config = readStandaloneConfig();
  const logger = openLogger("standalone", config.LOG_LEVEL);
  logCrash(logger);
  const stop = stopSignal(logger, stopMsMax(config.DRAIN_NOTICE_MS));
  // Before it listens: later there may be no file descriptor left to read them.
  const pages = Promise.all([readDocsFiles(), bundlePage()]);
  pages.catch(() => {}); // the error is reported when it is awaited
  const { app, worker, engine, database, newId } = await wire(config, logger, stop);
  await pages;
  const open = await opensToEverybody(config, database.apiKeys);
  await warnOfSharedNames(config, database.apiKeys, logger);
  if (config.DEMO_CATALOGUE === "on") await fillEmptyShop(engine, database.queries, newId);
  const serving = await serve(app, { port: config.PORT, host: config.HOST });
  await worker.start();
  console.log(welcome(serving.url, config.DATABASE_URL, open));

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
