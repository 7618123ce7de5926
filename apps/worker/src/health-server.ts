import { once } from "node:events";
import { createServer } from "node:http";
import type { Registry } from "@holdfast/metrics";
import { listenProblem } from "@holdfast/runtime";

export interface HealthServer {
  close(): Promise<void>;
}

/** Why the worker does not do its work; `undefined` if it does. Never rejects. */
type Trouble = () => Promise<string | undefined>;

/**
 * Answers `/healthz` (the process lives), `/readyz` (200 while `trouble` finds none, else 503) and `/metrics`. Rejects if it cannot
 * listen.
 */
export async function serveHealth(
  { port, host }: { readonly port: number; readonly host: string },
  trouble: Trouble,
  registry: Registry,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    answerTo(request.url, trouble, registry).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      // A figure that cannot be read, say: it must not end the process.
      () => response.writeHead(500).end(),
    );
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

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answerTo(path: string | undefined, trouble: Trouble, registry: Registry): Promise<Answer> {
  switch (path) {
    case "/metrics":
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    case "/healthz":
      return json(200, { status: "ok" });
    case "/readyz": {
      const found = await trouble();
      return found === undefined ? json(200, { status: "ok" }) : json(503, { status: "unavailable", trouble: found });
    }
    default:
      return json(404, { status: "unavailable" });
  }
}

function json(status: number, body: object): Answer {
  return { status, type: "application/json", body: JSON.stringify(body) };
}
