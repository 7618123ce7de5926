import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/**
 * How long a connection may lie idle. Longer than load balancers keep theirs (60 s as a rule): whoever closes first must not
 * be the server, or a request that is on its way meets a connection that is gone.
 */
const keepAliveMs = 75_000;

/** A server that listens. */
export interface Serving {
  readonly url: string;
  /** Takes no new connections, lets requests under way finish for `graceMs`, then cuts what is left. */
  stop(graceMs: number): Promise<void>;
}

/** Serves a fetch handler over HTTP/1.1. Throws where the port is taken. */
export async function serve(
  app: Pick<Hono, "fetch">,
  { port, host }: { port: number; host: string },
): Promise<Serving> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { keepAliveTimeout: keepAliveMs } });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address === "0.0.0.0" ? "localhost" : address}:${bound}`,
    stop: (graceMs) =>
      new Promise((resolve) => {
        const closeIdle = () => "closeIdleConnections" in server && server.closeIdleConnections();
        // A stream that ends now leaves its connection open for a next request, which is not to come.
        const idle = setInterval(closeIdle, 50);
        const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(idle);
          resolve();
        });
        closeIdle();
      }),
  };
}
