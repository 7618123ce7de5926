import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * The open connections, and what is being answered on each.
 *
 * A `Set` that each request enters and leaves would cost each request 7 KB: V8 makes such a set anew now and then, and where an old one has outlived
 * two collections of young objects, it keeps its successor alive, and all that is in it, until old objects are collected, too.
 */
export class Connections {
  readonly #answers = new Map<Duplex, ServerResponse[]>();

  opened(socket: Duplex): void {
    this.#answers.set(socket, []);
    socket.once("close", () => this.#answers.delete(socket));
  }

  /** A request has come, and is answered by this. */
  asked(response: ServerResponse): void {
    const answers = this.#answers.get(response.req.socket);
    if (answers === undefined) return;
    answers.push(response);
    response.once("close", () => answers.splice(answers.indexOf(response), 1));
  }

  /** What is being answered on a connection: several, where a client sends requests ahead. */
  answersOn(socket: Duplex): readonly ServerResponse[] {
    return this.#answers.get(socket) ?? [];
  }

  /** All that is being answered. */
  answers(): readonly ServerResponse[] {
    return [...this.#answers.values()].flat();
  }
}
