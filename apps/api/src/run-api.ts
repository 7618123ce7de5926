import { extname } from "node:path";
import { openWhenThere, UnreadableLog } from "@holdfast/engine";
import type { Logger } from "pino";
import { apiApp } from "./api-app.ts";
import type { ApiConfig } from "./config.ts";
import { drain, stopped } from "./drain.ts";
import { acceptsHealth } from "./health.ts";
import { opensToEverybody } from "./open-door.ts";
import { type Serving, serve } from "./serve.ts";
import { warnOfSharedNames } from "./shared-names.ts";
import { HttpThreads } from "./threads/http-threads.ts";
import type { ApiParts, Wiring } from "./wiring.ts";

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
    const parts = wiring.parts(database);
    const serving = await serveApi(config, parts, logger, stop);
    logger.info({ url: serving.url, open }, "api ready");
    await stopped(stop);
    await drain(serving, parts.engine, config.DRAIN_NOTICE_MS);
  } finally {
    await database?.close();
    await wiring.close();
  }
}

async function serveApi(config: ApiConfig, parts: ApiParts, logger: Logger, stop: AbortSignal): Promise<Serving> {
  const { PORT: port, HOST: host, HTTP_THREADS: count } = config;
  if (count === 1) {
    const app = await apiApp({ ...parts, stopping: stop, health: [...parts.health, acceptsHealth(stop)] });
    return await serve(app, { port, host });
  }
  const module = new URL(`./api-http-thread${extname(import.meta.url)}`, import.meta.url);
  const { desk, registry } = parts;
  return await HttpThreads.listen({ count, module, data: config, desk, registry, logger }, { port, host });
}
