import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { listenProblem } from "@holdfast/runtime";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { Connections } from "./connections.ts";
import { answerBrokenRequests, answerUnreadable } from "./socket-problems.ts";

/**
 * How long a connection may be idle. Longer than load balancers keep theirs (usually 60 s): the server must not close first, or a request
 * on its way meets a closed connection.
 */
const keepAliveMs = 75_000;

/** How a server is to end. Milliseconds. */
export interface Stopping {
  /** How long it still accepts requests, with `Connection: close` in each answer. */
  readonly noticeMs: number;
  /** How long requests under way may then take, before they are cut. */
  readonly graceMs: number;
}

/** A server that listens. */
export interface Serving {
  readonly url: string;
  /**
   * Answers `Connection: close` from now on, continues for `noticeMs`, and then accepts nothing more. Clients have dropped their
   * connections by then, so no request meets one that has just been closed.
   */
  stop(stopping: Stopping): Promise<void>;
}

/** Serves a fetch handler over HTTP/1.1. `reusePort`: other threads may listen there too. Throws where it cannot listen. */
export async function serve(
  app: Pick<Hono, "fetch">,
  { port, host, reusePort = false }: { port: number; host: string; reusePort?: boolean },
): Promise<Serving> {
  const connections = new Connections();
  let stopping = false;
  const answer = getRequestListener(app.fetch, { errorHandler: answerUnreadable });
  const server = createServer({ keepAliveTimeout: keepAliveMs, requireHostHeader: false }, (request, response) => {
    if (stopping) response.setHeader("Connection", "close");
    connections.asked(response);
    return answer(request, response);
  });
  server.on("connection", (socket) => connections.opened(socket));
  answerBrokenRequests(server, connections);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(listenProblem(error, { portVariable: "PORT", port, hostVariable: "HOST", host }));
    });
    server.listen({ port, host, reusePort }, resolve);
  });
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address === "0.0.0.0" ? "localhost" : address}:${bound}`,
    async stop({ noticeMs, graceMs }) {
      stopping = true;
      for (const response of connections.answers())
        if (!response.headersSent) response.setHeader("Connection", "close");
      await wait(noticeMs);
      const closed = once(server, "close");
      // Closes idle connections, too.
      server.close();
      // A stream that ends now would leave its connection open for a further request.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}
