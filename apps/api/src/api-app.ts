import { dashboardApp } from "@holdfast/dashboard";
import type { App, AppParts } from "./app-parts.ts";
import { createApp } from "./create-app.ts";
import { readDocsFiles } from "./docs-files.ts";

/** The API with its dashboard. */
export async function apiApp(parts: Omit<AppParts, "docsFiles">): Promise<App> {
  const app = createApp({ ...parts, docsFiles: await readDocsFiles() });
  app.route("/", dashboardApp());
  return app;
}
