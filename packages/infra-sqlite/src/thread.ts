import { extname } from "node:path";
import { parentPort, Worker } from "node:worker_threads";
import { ThreadGone } from "./thread-gone.ts";

/** A message of a thread: it is open, why it cannot open, or the answer to the oldest question. */
type Said<Answer> =
  | { readonly kind: "open" }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "error" | "closed"; readonly error: unknown; readonly errcode: unknown };

/** Between the end of a thread and the start of the next one: at first, and at most. Doubled each time. */
const againMs = { first: 50, most: 2_000 };

/**
 * A thread that answers questions in the order in which they are asked. While it is idle, it does not keep the process alive.
 *
 * It is open before its first question, so that it needs nothing from the system later. If it ends nevertheless, each waiting caller
 * gets a `ThreadGone`, and further threads are started until one opens.
 */
export class Thread<Question, Answer> {
  readonly #module: URL;
  readonly #data: unknown;
  #worker: Worker | undefined;
  #isOpen = false;
  #wasOpen = false;
  #closing = false;
  #againMs = againMs.first;
  #lastError: unknown;
  /** The callers who wait for an answer, in the order of asking. */
  #waiting: PromiseWithResolvers<Answer>[] = [];
  readonly #closed = Promise.withResolvers<void>();

  private constructor(module: URL, data: unknown) {
    this.#module = module;
    this.#data = data;
  }

  /**
   * Resolves once the thread is open; rejects with what kept it from that. `module` calls `serveThread`, and finds `data` in
   * its `workerData`.
   */
  static async open<Question, Answer>(module: URL, data: unknown): Promise<Thread<Question, Answer>> {
    const thread = new Thread<Question, Answer>(module, data);
    await new Promise<void>((resolve, reject) => thread.#start(resolve, reject));
    return thread;
  }

  /** Rejects with what the thread threw, or with `ThreadGone`. */
  ask(question: Question): Promise<Answer> {
    if (this.#worker === undefined || !this.#isOpen) return Promise.reject(new ThreadGone(false, this.#lastError));
    this.#worker.postMessage(question);
    this.#worker.ref();
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  /** Ends it when it has answered what it was asked. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#worker === undefined) return;
    this.#worker.ref();
    this.#worker.postMessage(undefined);
    await this.#closed.promise;
  }

  #start(opened: () => void, failed: (error: unknown) => void): void {
    let error: unknown;
    const gone = (code?: number) => this.#gone(error ?? new Error(`the thread ended with code ${code}`), failed);
    try {
      const worker = new Worker(this.#module, { workerData: this.#data });
      this.#worker = worker;
      worker.on("message", (said: Said<Answer>) => {
        if (said.kind === "open") this.#opened(opened);
        else if (said.kind === "closed") error = errorOf(said);
        else this.#hear(said);
      });
      worker.on("error", (cause) => {
        error = cause;
      });
      worker.on("exit", gone);
    } catch (cause) {
      error = cause;
      gone();
    }
  }

  #opened(opened: () => void): void {
    this.#isOpen = true;
    this.#wasOpen = true;
    this.#againMs = againMs.first;
    this.#worker?.unref();
    opened();
  }

  #hear(said: Exclude<Said<Answer>, { kind: "open" }>): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0 && !this.#closing) this.#worker?.unref();
    if (said.kind === "answer") waiting?.resolve(said.answer);
    else waiting?.reject(errorOf(said));
  }

  #gone(error: unknown, failed: (error: unknown) => void): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#worker = undefined;
    this.#isOpen = false;
    this.#lastError = error;
    for (const { reject } of waiting) reject(new ThreadGone(true, error));
    failed(error);
    if (this.#closing) this.#closed.resolve();
    else if (this.#wasOpen) this.#startAgainSoon();
  }

  #startAgainSoon(): void {
    const timer = setTimeout(() => {
      if (!this.#closing) this.#start(nothing, nothing);
    }, this.#againMs);
    timer.unref();
    this.#againMs = Math.min(this.#againMs * 2, againMs.most);
  }
}

const nothing = () => {};

/** A module in the folder of the one at `url`, without its ending: both end alike, as sources and when they are built. */
export function moduleBeside(url: string, name: string): URL {
  return new URL(`${name}${extname(url)}`, url);
}

/** What a thread's module has opened. */
export interface Served<Question, Answer> {
  readonly answer: (question: Question) => Answer;
  readonly close: () => void | Promise<void>;
}

/** For a thread's module: opens, says so, and answers each question until there are no more. */
export async function serveThread<Question, Answer>(
  open: () => Served<Question, Answer> | Promise<Served<Question, Answer>>,
): Promise<void> {
  const say = (said: Said<Answer>) => parentPort?.postMessage(said);
  try {
    const { answer, close } = await open();
    parentPort?.on("message", async (question: Question | undefined) => {
      if (question === undefined) {
        await close();
        parentPort?.close();
      } else say(answerTo(question, answer));
    });
    say({ kind: "open" });
  } catch (error) {
    say({ kind: "closed", ...errorFields(error) });
    parentPort?.close();
  }
}

function answerTo<Question, Answer>(question: Question, answer: (question: Question) => Answer): Said<Answer> {
  try {
    return { kind: "answer", answer: answer(question) };
  } catch (error) {
    return { kind: "error", ...errorFields(error) };
  }
}

/** An error that is sent to another thread loses its own properties, and with them SQLite's result code. */
function errorFields(error: unknown): { readonly error: unknown; readonly errcode: unknown } {
  return { error, errcode: error instanceof Error && "errcode" in error ? error.errcode : undefined };
}

function errorOf({ error, errcode }: { readonly error: unknown; readonly errcode: unknown }): unknown {
  return error instanceof Error && errcode !== undefined ? Object.assign(error, { errcode }) : error;
}
