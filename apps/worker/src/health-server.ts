import { once } from "node:events";
import { createServer } from "node:http";
import type { Registry } from "@holdfast/metrics";
import { listenProblem } from "@holdfast/runtime";

export interface HealthServer {
  close(): Promise<void>;
}

/**
 * Answers `/healthz` (the process lives), `/readyz` (200 while `ready` says so, else 503) and `/metrics` for whoever
 * watches the process. Rejects where it cannot listen.
 */
export async function serveHealth(
  { port, host }: { readonly port: number; readonly host: string },
  ready: () => boolean,
  registry: Registry,
): Promise<HealthServer> {
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    if (request.url === "/metrics") {
      const page = await registry.metrics();
      response.writeHead(200, { "content-type": registry.contentType }).end(page);
      return;
    }
    const up = request.url === "/healthz" || (request.url === "/readyz" && ready());
    const status = request.url === "/healthz" || request.url === "/readyz" ? (up ? 200 : 503) : 404;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: up ? "ok" : "unavailable" }));
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: unknown) => {
    throw listenProblem(error, { portVariable: "HEALTH_PORT", port, hostVariable: "HEALTH_HOST", host });
  });
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
