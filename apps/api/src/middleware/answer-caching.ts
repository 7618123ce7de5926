import { isSingleRead, routes } from "@holdfast/http-contract";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { createMiddleware } from "hono/factory";
import type { App, AppEnv } from "../app-parts.ts";

/** Below this a gzipped answer saves less than it costs. Bytes. */
const compressedBytesMin = 8_192;

/**
 * How clients may cache answers to GET. A single entity has an `ETag` and must be revalidated, so that an unchanged one is answered 304
 * without its body. Everything else changes with every sale and must not be cached; large answers are compressed for clients that accept
 * that.
 */
export function answerCaching(app: App): void {
  const gets = Object.values(routes).filter(({ method, path }) => method === "get" && path.startsWith("/v1/"));
  for (const route of gets) {
    const path = route.getRoutingPath();
    if (isSingleRead(route)) app.use(path, kept("private, no-cache"), etag());
    else app.use(path, kept("no-store"), compress({ threshold: compressedBytesMin }));
  }
}

/** Sets the caching headers, unless the call itself has. */
function kept(cacheControl: string) {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return;
    const isFresh = c.res.ok || c.res.status === 304;
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", isFresh ? cacheControl : "no-store");
  });
}
