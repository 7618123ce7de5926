import { isSingleRead, routes } from "@holdfast/http-contract";
import { getRuntimeKey } from "hono/adapter";
import { compress } from "hono/compress";
import { createMiddleware } from "hono/factory";
import type { App, AppEnv } from "../app-parts.ts";

/** Below this a gzipped answer saves less than it costs. Bytes. */
const compressedBytesMin = 8_192;

/**
 * Answers of lists, sums and checks change with every sale: no cache keeps them. Large ones come compressed to a client that takes
 * them so.
 */
export function compressLists(app: App): void {
  // Cloudflare compresses what leaves a Worker, and would encode a second time what comes encoded.
  const compressed = getRuntimeKey() === "workerd" ? [] : [compress({ threshold: compressedBytesMin })];
  for (const route of Object.values(routes)) {
    if (route.method !== "get" || !route.path.startsWith("/v1/") || isSingleRead(route)) continue;
    // Not `use`: a POST to the same path, an order, must not pay for it.
    app.get(route.getRoutingPath(), keptByNone, ...compressed);
  }
}

const keptByNone = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
});
