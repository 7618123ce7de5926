import { once } from "node:events";
import { createServer } from "node:http";

export interface HealthServer {
  close(): Promise<void>;
}

/**
 * Answers `/healthz` (the process lives) and `/readyz` (200 while `ready` says so, else 503) for whoever watches the
 * process. Rejects where the port is taken.
 */
export async function serveHealth(port: number, ready: () => boolean): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const up = request.url === "/healthz" || (request.url === "/readyz" && ready());
    const status = request.url === "/healthz" || request.url === "/readyz" ? (up ? 200 : 503) : 404;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: up ? "ok" : "unavailable" }));
  });
  server.listen(port);
  await once(server, "listening");
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
