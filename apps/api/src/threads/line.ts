import { type PlainError, plainError, restoredError } from "./plain-error.ts";

/** What one end of a line answers, by name. Arguments and values go as JSON: what JSON cannot say does not arrive. */
export type Answers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The end of a thread that messages go to: a `Worker`, or its own `parentPort`. */
export interface Port {
  postMessage(bytes: Uint8Array, transfer: ArrayBuffer[]): void;
  on(event: "message", hear: (bytes: Uint8Array) => void): unknown;
}

type Said =
  | { readonly ask: string; readonly id: number; readonly args: readonly unknown[] }
  | { readonly id: number; readonly value?: unknown; readonly error?: PlainError };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * A line between two threads: each end asks the other, and answers it.
 *
 * Questions of one turn of the event loop go as one message, and so do answers: bytes, since cloning an object for each order takes both
 * threads longer than the order itself.
 */
export class Line<Theirs extends Answers> {
  readonly #port: Port;
  readonly #answers: Answers;
  /** Those who wait, by the number of their question. A number that is free again is used again. */
  readonly #waiting: (Waiting | undefined)[] = [];
  readonly #free: number[] = [];
  #said: Said[] = [];
  #cut: Error | undefined;

  constructor(port: Port, answers: Answers) {
    this.#port = port;
    this.#answers = answers;
    port.on("message", (bytes) => this.#hear(bytes));
  }

  /** Rejects with what the other end threw, or with what the line was cut for. */
  ask<Name extends keyof Theirs & string>(
    name: Name,
    ...args: Parameters<Theirs[Name]>
  ): Promise<Awaited<ReturnType<Theirs[Name]>>> {
    if (this.#cut !== undefined) return Promise.reject(this.#cut);
    const id = this.#free.pop() ?? this.#waiting.length;
    // Requests that this turn still brings join the message.
    if (this.#said.length === 0) setImmediate(() => this.#send());
    this.#said.push({ ask: name, id, args });
    return new Promise((resolve, reject) => {
      // The other end answers each question by its name.
      this.#waiting[id] = { resolve: resolve as Waiting["resolve"], reject };
    });
  }

  /** Rejects all who wait, and all who ask from now on: the other thread has ended. */
  cut(cause: Error): void {
    this.#cut = cause;
    for (const waiting of this.#waiting.splice(0)) waiting?.reject(cause);
  }

  #hear(bytes: Uint8Array): void {
    for (const said of JSON.parse(decoder.decode(bytes)) as readonly Said[]) {
      if ("ask" in said) void this.#answer(said);
      else this.#settle(said);
    }
  }

  #settle({ id, value, error }: Extract<Said, { value?: unknown }>): void {
    const waiting = this.#waiting[id];
    if (waiting === undefined) return;
    this.#waiting[id] = undefined;
    this.#free.push(id);
    if (error === undefined) waiting.resolve(value);
    else waiting.reject(restoredError(error));
  }

  async #answer({ ask, id, args }: Extract<Said, { ask: string }>): Promise<void> {
    const said = await this.#answerTo(ask, args).then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, error: plainError(error) }),
    );
    // All answers of a commit are given in one go: this runs after the last one.
    if (this.#said.length === 0) process.nextTick(() => this.#send());
    this.#said.push(said);
  }

  async #answerTo(name: string, args: readonly unknown[]): Promise<unknown> {
    const answer = this.#answers[name];
    if (answer === undefined) throw new Error(`asked for ${name}, which this end does not answer`);
    return await answer(...(args as never[]));
  }

  #send(): void {
    const said = this.#said;
    if (said.length === 0) return;
    this.#said = [];
    if (this.#cut !== undefined) return;
    const bytes = encoder.encode(JSON.stringify(said));
    this.#port.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
