import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { listenProblem } from "@holdfast/runtime";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { answerBrokenRequests, answerUnreadable } from "./socket-problems.ts";

/**
 * How long a connection may lie idle. Longer than load balancers keep theirs (60 s as a rule): whoever closes first must not
 * be the server, or a request that is on its way meets a connection that is gone.
 */
const keepAliveMs = 75_000;

/** How a server is to end. Milliseconds. */
export interface Stopping {
  /** How long it still takes requests, and tells each client that its connection ends here. */
  readonly noticeMs: number;
  /** How long requests under way may then take, before they are cut. */
  readonly graceMs: number;
}

/** A server that listens. */
export interface Serving {
  readonly url: string;
  /**
   * Answers `Connection: close` from now on, goes on for `noticeMs`, and then takes nothing more. A client that was told
   * has left by then, so that nobody's request meets a connection that has just been closed.
   */
  stop(stopping: Stopping): Promise<void>;
}

/** Serves a fetch handler over HTTP/1.1. Throws where it cannot listen. */
export async function serve(
  app: Pick<Hono, "fetch">,
  { port, host }: { port: number; host: string },
): Promise<Serving> {
  const underWay = new Set<ServerResponse>();
  let stopping = false;
  const answer = getRequestListener(app.fetch, { errorHandler: answerUnreadable });
  const server = createServer({ keepAliveTimeout: keepAliveMs, requireHostHeader: false }, (request, response) => {
    if (stopping) response.setHeader("Connection", "close");
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    return answer(request, response);
  });
  answerBrokenRequests(server, underWay);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(listenProblem(error, { portVariable: "PORT", port, hostVariable: "HOST", host }));
    });
    server.listen(port, host, resolve);
  });
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address === "0.0.0.0" ? "localhost" : address}:${bound}`,
    async stop({ noticeMs, graceMs }) {
      stopping = true;
      for (const response of underWay) if (!response.headersSent) response.setHeader("Connection", "close");
      await wait(noticeMs);
      const closed = once(server, "close");
      // Closes idle connections, too.
      server.close();
      // A stream that ends now leaves its connection open for a next request, which is not to come.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}
