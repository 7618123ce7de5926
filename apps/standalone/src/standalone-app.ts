import { type App, type AppParts, appSettings, createApp, readDocsFiles } from "@holdfast/api";
import { bundlePage, dashboardApp } from "@holdfast/dashboard";
import { noReservationCache } from "@holdfast/engine";
import type { StandaloneConfig } from "./config.ts";

/** The API with its dashboard. Whatever it needs from files is read before it serves: later there may be no file descriptor left. */
export async function standaloneApp(
  config: StandaloneConfig,
  parts: Omit<AppParts, "cache" | "settings" | "docsFiles">,
): Promise<App> {
  const [docsFiles] = await Promise.all([readDocsFiles(), bundlePage()]);
  const app = createApp({ ...parts, cache: noReservationCache, settings: appSettings(config), docsFiles });
  app.route("/", dashboardApp());
  return app;
}
