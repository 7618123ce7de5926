import { type Line, type SharedParts, type ThreadApp, telling } from "@holdfast/api";
import { idsByTime } from "@holdfast/engine";
import { openSqliteReader } from "@holdfast/infra-sqlite";
import type { Logger } from "pino";
import type { StandaloneConfig } from "./config.ts";
import { standaloneApp } from "./standalone-app.ts";
import type { StandaloneDesk } from "./wiring.ts";

/** The app of a thread that serves HTTP: it reads by itself, and sends commands to the thread that has the engine. */
export async function wireHttpThread(
  config: StandaloneConfig,
  logger: Logger,
  shared: SharedParts,
  desk: Line<StandaloneDesk>,
): Promise<ThreadApp> {
  const { queries, apiKeys, close } = openSqliteReader(config.DATABASE_URL, {
    recountOf: (level, trust) => desk.ask("recountOf", level, trust),
    writeKey: (request) => desk.ask("writeKey", request),
  });
  const parts = { ...shared, queries, apiKeys: telling(apiKeys, desk), newId: idsByTime(), logger };
  return { app: await standaloneApp(config, parts), close };
}
