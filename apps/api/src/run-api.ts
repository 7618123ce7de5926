import { dashboardApp } from "@holdfast/dashboard";
import { openWhenThere, UnreadableLog } from "@holdfast/engine";
import type { Logger } from "pino";
import type { ApiConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { readDocsFiles } from "./docs-files.ts";
import { drain, stopped } from "./drain.ts";
import { acceptsHealth } from "./health.ts";
import { opensToEverybody } from "./open-door.ts";
import { serve } from "./serve.ts";
import { warnOfSharedNames } from "./shared-names.ts";
import type { Wiring } from "./wiring.ts";

/**
 * Serves the API until `stop` aborts. What it has acknowledged is durable; requests under way are answered first.
 *
 * @throws where it would have to serve others without any key; see `opensToEverybody`
 */
export async function runApi(config: ApiConfig, wiring: Wiring, logger: Logger, stop: AbortSignal): Promise<void> {
  const database = await openWhenThere(wiring.openDatabase, logger, stop);
  try {
    if (database === undefined) return;
    const unreadable = new UnreadableLog(logger);
    for (const record of database.doubtful ?? []) unreadable.see(record);
    const open = await opensToEverybody(config, database.apiKeys);
    await warnOfSharedNames(config, database.apiKeys, logger);
    const docsFiles = await readDocsFiles();
    const parts = wiring.parts(database);
    const app = createApp({ ...parts, docsFiles, stopping: stop, health: [...parts.health, acceptsHealth(stop)] });
    app.route("/", dashboardApp());
    const serving = await serve(app, { port: config.PORT, host: config.HOST });
    logger.info({ url: serving.url, open }, "api ready");
    await stopped(stop);
    await drain(serving, parts.engine, config.DRAIN_NOTICE_MS);
  } finally {
    await database?.close();
    await wiring.close();
  }
}
