import { Miniflare } from "miniflare";
import { workerModules } from "./worker-modules.ts";

export interface EdgeOptions {
  readonly port: number;
  /** Where the objects' databases are kept. */
  readonly folder: string;
  /** What wrangler.jsonc would bind: `API_KEYS`, `SHOPS` and the like. */
  readonly variables: Readonly<Record<string, string>>;
  /** The Worker as one module, where that is built already. */
  readonly built?: string;
}

/** Serves the Worker and its objects on this machine, by the runtime that Cloudflare runs them on. */
export async function serveEdge({
  port,
  folder,
  variables,
  built,
}: EdgeOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const runtime = new Miniflare({
    ...(await workerModules("worker.ts", built)),
    host: "127.0.0.1",
    // Miniflare's own port leads through a Worker of its own, which halves the rate.
    unsafeDirectSockets: [{ host: "127.0.0.1", port }],
    bindings: { ...variables },
    durableObjects: { SHOP_OBJECTS: { className: "ShopObject", useSQLite: true } },
    durableObjectsPersist: folder,
  });
  await runtime.ready;
  const { origin } = await runtime.unsafeGetDirectURL();
  return { url: origin, stop: () => runtime.dispose() };
}
