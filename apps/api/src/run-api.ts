import { openWhenThere } from "@holdfast/engine";
import type { Logger } from "pino";
import type { ApiConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { opensToEverybody } from "./open-door.ts";
import { type Serving, serve } from "./serve.ts";
import type { Wiring } from "./wiring.ts";

/** How long requests under way may take to end when the API is told to stop. */
export const drainMsMax = 10_000;

/**
 * Serves the API until `stop` says so. What it has acknowledged is durable; what is under way is answered first.
 *
 * @throws where it would have to serve others without any key; see `opensToEverybody`
 */
export async function runApi(config: ApiConfig, wiring: Wiring, logger: Logger, stop: AbortSignal): Promise<void> {
  const database = await openWhenThere(wiring.openDatabase, logger, stop);
  try {
    if (database === undefined) return;
    const open = await opensToEverybody(config, database.apiKeys);
    const parts = wiring.parts(database);
    const serving = await serve(createApp({ ...parts, stopping: stop }), { port: config.PORT, host: config.HOST });
    logger.info({ url: serving.url, open }, "api ready");
    await stopped(stop);
    await drain(serving, parts.engine);
  } finally {
    await database?.close();
    await wiring.close();
  }
}

/** Ends a server in the order in which nothing is lost: no new requests, then the commits under way. */
export async function drain(serving: Serving, engine: { close(): Promise<void> }): Promise<void> {
  await serving.stop(drainMsMax);
  await engine.close();
}

export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
}
