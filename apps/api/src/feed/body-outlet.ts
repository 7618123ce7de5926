import type { Outlet, OutletListener } from "./outlet.ts";

/** Sends a stream as the body of an answer: for servers that give no hold of the connection, such as a Worker's. */
export class BodyOutlet implements Outlet {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(listener: OutletListener) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => listener.pulled(),
        cancel: () => listener.gone(),
      },
      { highWaterMark: 0 }, // nothing is asked for before the connection can take it
    );
  }

  send(bytes: Uint8Array): void {
    this.#controller?.enqueue(bytes);
  }

  end(): void {
    this.#controller?.close();
  }

  cut(): void {
    this.#controller?.error(new Error("the reader did not take what was sent"));
  }
}
