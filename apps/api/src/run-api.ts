import { dashboardApp } from "@holdfast/dashboard";
import { openWhenThere, UnreadableLog } from "@holdfast/engine";
import type { Logger } from "pino";
import type { ApiConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { readDocsFiles } from "./docs-page.ts";
import { acceptsHealth } from "./health.ts";
import { opensToEverybody } from "./open-door.ts";
import { type Serving, serve } from "./serve.ts";
import { warnOfSharedNames } from "./shared-names.ts";
import type { Wiring } from "./wiring.ts";

/** How long requests under way may take to end when the API takes no more. */
const drainMsMax = 10_000;

/** What comes after: a commit's time at most. Past it something hangs. */
const closeMsMax = 5_000;

/** How long a process may take to stop, all in all. */
export function stopMsMax(noticeMs: number): number {
  return noticeMs + drainMsMax + closeMsMax;
}

/**
 * Serves the API until `stop` says so. What it has acknowledged is durable; what is under way is answered first.
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
    await readDocsFiles();
    const parts = wiring.parts(database);
    const app = createApp({ ...parts, stopping: stop, health: [...parts.health, acceptsHealth(stop)] });
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

/** Ends a server in the order in which nothing is lost: notice, no new requests, then the commits under way. */
export async function drain(serving: Serving, engine: { close(): Promise<void> }, noticeMs: number): Promise<void> {
  await serving.stop({ noticeMs, graceMs: drainMsMax });
  await engine.close();
}

export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
}
