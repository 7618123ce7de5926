import type { ServerResponse } from "node:http";
import type { AnswerHeaders } from "../answer.ts";
import type { Outlet, OutletListener } from "./outlet.ts";

/**
 * Sends a stream by Node's own response, since most streams wait most of the time: the body of a `Response`, with its reader, its promises and
 * the request behind them, takes more memory than Node does for the connection.
 */
export class ResponseOutlet implements Outlet {
  readonly #response: ServerResponse;
  readonly #listener: OutletListener;

  constructor(response: ServerResponse, headers: AnswerHeaders, listener: OutletListener) {
    this.#response = response;
    this.#listener = listener;
    response.on("error", ignored).on("close", () => listener.gone());
    if (response.destroyed) queueMicrotask(() => listener.gone());
    else {
      response.writeHead(200, headers).flushHeaders();
      queueMicrotask(() => listener.pulled());
    }
  }

  send(bytes: Uint8Array): void {
    if (this.#response.destroyed) return;
    if (this.#response.write(bytes)) this.#listener.pulled();
    else this.#response.once("drain", () => this.#listener.pulled());
  }

  end(): void {
    this.#response.end();
  }

  cut(): void {
    this.#response.destroy();
  }
}

/** A response that fails is closed then. */
function ignored(): void {}
