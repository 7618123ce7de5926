import { type App, type AppParts, createApp, defaultSettings, serve } from "@holdfast/api";
import type { Actor } from "@holdfast/domain";
import { idsByTime } from "@holdfast/engine";
import { appMetrics, Registry } from "@holdfast/metrics";
import { calmV8Threads, openLogger } from "@holdfast/runtime";
import { growWithWork } from "@holdfast/runtime/v8-flags";
import { loadKey } from "../../deployments/deployment.ts";

/** The ids of a bench-only server. */
export const newId = idsByTime();

const keyed = { apiKeys: new Map([[loadKey, "storefront" as Actor]]) };

/**
 * Serves the real app with another engine behind it, in a process that is set up as an API is. Listens on PORT, asks for the load tests' key
 * unless KEYLESS is set, and exits on SIGTERM.
 */
export async function serveBenchApp({
  engine,
  queries,
  apiKeys,
}: Pick<AppParts, "engine" | "queries" | "apiKeys">): Promise<App> {
  growWithWork();
  calmV8Threads();
  const app = createApp({
    engine,
    queries,
    apiKeys,
    newId,
    logger: openLogger("bench", "warn"),
    metrics: appMetrics(new Registry()),
    settings: { ...defaultSettings, ...(process.env["KEYLESS"] ? { mayBeOpen: true } : keyed) },
  });
  await serve(app, { port: Number(process.env["PORT"]), host: "127.0.0.1" });
  process.once("SIGTERM", () => process.exit(0));
  return app;
}
