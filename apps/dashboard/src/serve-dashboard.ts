import { Hono } from "hono";
import { etag } from "hono/etag";
import { bundlePage } from "./bundle-page.ts";
import { pageHtml } from "./page-html.ts";

/**
 * Serves the dashboard at `/`, and its files under `/dashboard/`. The page uses the public API of its own origin.
 *
 * Calling this does no I/O. `bundlePage` or the first request bundles the page.
 *
 * @example
 * const app = createApp(parts);
 * app.route("/", dashboardApp());
 */
export function dashboardApp(): Hono {
  const app = new Hono();
  app.use("/", etag());
  app.get("/", async (c) => {
    const html = pageHtml(await bundlePage());
    // Browsers ask again at each load, mostly for a 304, and so notice a new release.
    return c.html(html, 200, { "Cache-Control": "no-cache" });
  });
  app.get("/dashboard/:file", async (c) => {
    const asset = (await bundlePage()).assets.get(c.req.param("file"));
    if (asset === undefined) return c.notFound();
    const headers = { "Content-Type": asset.type, "Cache-Control": "public, max-age=31536000, immutable" };
    return c.body(asset.body, 200, headers);
  });
  return app;
}
