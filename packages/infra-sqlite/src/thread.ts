import { once } from "node:events";
import { parentPort, Worker } from "node:worker_threads";

/** What a thread says: what it was asked for, or why it could not tell. */
type Said<Answer> = { readonly answer: Answer } | { readonly error: unknown };

/**
 * A thread that is asked one thing after another, and answers in that order. The first question starts it; while nobody asks,
 * it keeps no process alive.
 *
 * A thread that dies is a bug, and takes the process with it.
 */
export class Thread<Question, Answer> {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  /** Who waits for an answer, in the order of asking. */
  readonly #waiting: PromiseWithResolvers<Answer>[] = [];

  /** `module` calls `answerAsked`, and finds `data` in its `workerData`. */
  constructor(module: URL, data: unknown) {
    this.#start = () =>
      new Worker(module, { workerData: data }).on("message", (said: Said<Answer>) => this.#hear(said));
  }

  /** Rejects with what the thread threw. */
  ask(question: Question): Promise<Answer> {
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(question);
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  /** Ends it when it has answered what it was asked. */
  async close(): Promise<void> {
    if (this.#worker === undefined) return;
    this.#worker.ref();
    const exit = once(this.#worker, "exit");
    this.#worker.postMessage(undefined);
    await exit;
  }

  #hear(said: Said<Answer>): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker?.unref();
    if ("error" in said) waiting?.reject(said.error);
    else waiting?.resolve(said.answer);
  }
}

/** For the thread's module: answers each question, until there are no more, and ends. */
export function answerAsked<Question, Answer>(
  answer: (question: Question) => Answer,
  end: () => void | Promise<void>,
): void {
  parentPort?.on("message", async (question: Question | undefined) => {
    if (question === undefined) {
      await end();
      parentPort?.close();
    } else parentPort?.postMessage(said(() => answer(question)));
  });
}

function said<Answer>(answer: () => Answer): Said<Answer> {
  try {
    return { answer: answer() };
  } catch (error) {
    return { error };
  }
}
