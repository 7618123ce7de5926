import { Hono } from "hono";
import { etag } from "hono/etag";
import { bundlePage, type PageBundle } from "./bundle-page.ts";
import { pageHtml } from "./page-html.ts";

/**
 * The dashboard: `/`, and its files under `/dashboard/`. It reads and writes through the public API of its own origin.
 *
 * Building it does no I/O. The first request bundles the page; the bundle is kept for as long as the process lives.
 *
 * @example
 * const app = createApp(parts);
 * app.route("/", dashboardApp());
 */
export function dashboardApp(): Hono {
  let bundling: Promise<PageBundle> | undefined;
  const bundle = () => {
    bundling ??= bundlePage().catch((cause: unknown) => {
      bundling = undefined; // the next request tries again
      throw new Error("the dashboard does not bundle", { cause });
    });
    return bundling;
  };

  const app = new Hono();
  app.use("/", etag());
  app.get("/", async (c) => {
    const html = pageHtml(await bundle());
    // Asked for anew each time, and mostly answered 304: a new release is seen at the next load.
    return c.html(html, 200, { "Cache-Control": "no-cache" });
  });
  app.get("/dashboard/:file", async (c) => {
    const asset = (await bundle()).assets.get(c.req.param("file"));
    if (asset === undefined) return c.notFound();
    const headers = { "Content-Type": asset.type, "Cache-Control": "public, max-age=31536000, immutable" };
    return c.body(asset.body, 200, headers);
  });
  return app;
}
