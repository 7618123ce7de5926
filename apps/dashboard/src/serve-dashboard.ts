import { Hono } from "hono";
import { etag } from "hono/etag";
import { bundlePage } from "./bundle-page.ts";
import { pageHtml } from "./page-html.ts";

/**
 * The dashboard: `/`, and its files under `/dashboard/`. It reads and writes through the public API of its own origin.
 *
 * Building it does no I/O. `bundlePage`, or the first request, bundles the page.
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
    // Asked for anew each time, and mostly answered 304: a new release is seen at the next load.
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
