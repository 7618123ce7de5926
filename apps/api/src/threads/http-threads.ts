import { createServer } from "node:net";
import { Worker } from "node:worker_threads";
import { assert } from "@holdfast/domain";
import type { Logger } from "@holdfast/engine";
import { type MetricFigures, metricFigures, type Registry, summedPage } from "@holdfast/metrics";
import { listenProblem } from "@holdfast/runtime";
import type { Serving, Stopping } from "../serve.ts";
import type { EngineDesk, OwnDesk } from "./engine-desk.ts";
import type { HttpThread } from "./http-thread.ts";
import { type Answers, Line } from "./line.ts";

/** Between the end of a thread and the start of the next one. Doubled each time that one does not come to listen. Milliseconds. */
const againMs = { first: 50, most: 2_000 };

export interface HttpThreadsParts {
  readonly count: number;
  /** The module that each thread runs. It calls `runHttpThread`, and finds `data` in its `workerData`. */
  readonly module: URL;
  readonly data: unknown;
  /** What the threads may ask for, beside what this class answers itself. */
  readonly desk: OwnDesk & Answers;
  /** The metrics of this thread. */
  readonly registry: Registry;
  readonly logger: Pick<Logger, "error">;
}

interface Running {
  readonly worker: Worker;
  readonly line: Line<HttpThread>;
}

/**
 * Threads that share one port. The system gives each new connection to one of them.
 *
 * One that ends is replaced. Its connections end with it, so that its callers learn nothing: what they asked for may be done or not.
 */
export class HttpThreads implements Serving {
  readonly #parts: HttpThreadsParts;
  readonly #desk: EngineDesk;
  readonly #host: string;
  #port: number;
  #url = "";
  readonly #running = new Set<Running>();
  #stopping = false;

  private constructor(parts: HttpThreadsParts, { port, host }: { port: number; host: string }) {
    this.#parts = parts;
    this.#port = port;
    this.#host = host;
    this.#desk = {
      ...parts.desk,
      keysChanged: async () => void (await this.#askAll((line) => line.ask("keysChanged"))),
      metricsPage: () => this.#metricsPage(),
    };
  }

  /** Resolves once all listen. Rejects where one cannot. */
  static async listen(parts: HttpThreadsParts, at: { port: number; host: string }): Promise<HttpThreads> {
    await expectFree(at);
    const threads = new HttpThreads(parts, at);
    const [first, ...others] = await Promise.all(Array.from({ length: parts.count }, () => threads.#open()));
    assert(first !== undefined, "there is a thread at least");
    // It finds a port where any will do.
    threads.#url = await threads.#listen(first);
    threads.#port = Number(new URL(threads.#url).port);
    await Promise.all(others.map((running) => threads.#listen(running)));
    return threads;
  }

  get url(): string {
    return this.#url;
  }

  /** Stops all as `Serving.stop` does. */
  async stop(stopping: Stopping): Promise<void> {
    this.#stopping = true;
    await this.#askAll((line) => line.ask("stop", stopping));
    await Promise.all([...this.#running].map(({ worker }) => worker.terminate()));
  }

  /** Asks each thread. One that ends meanwhile is left out. */
  async #askAll<Value>(ask: (line: Line<HttpThread>) => Promise<Value>): Promise<Value[]> {
    const asked = await Promise.allSettled([...this.#running].map(({ line }) => ask(line)));
    return asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  }

  async #metricsPage() {
    const ofThreads: MetricFigures[] = await this.#askAll((line) => line.ask("metrics"));
    return await summedPage([await metricFigures(this.#parts.registry), ...ofThreads]);
  }

  async #open(): Promise<Running> {
    const { module, data } = this.#parts;
    const worker = new Worker(module, { workerData: data });
    const running = { worker, line: new Line<HttpThread>(worker, this.#desk) };
    let cause = new Error("the thread ended");
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      running.line.cut(cause);
      if (this.#running.delete(running) && !this.#stopping) this.#replace(cause);
    });
    await running.line.ask("open");
    return running;
  }

  async #listen(running: Running): Promise<string> {
    const url = await running.line.ask("listen", { port: this.#port, host: this.#host });
    this.#running.add(running);
    return url;
  }

  #replace(cause: Error, waitMs = againMs.first): void {
    this.#parts.logger.error({ err: cause }, "a thread that serves HTTP ended, and is replaced");
    const again = async () => {
      if (!this.#stopping) await this.#listen(await this.#open());
    };
    setTimeout(() => {
      again().catch((error: Error) => this.#replace(error, Math.min(2 * waitMs, againMs.most)));
    }, waitMs);
  }
}

/** Threads may share a port, and so may two programs by mistake. So this one first takes the port for itself. */
async function expectFree({ port, host }: { port: number; host: string }): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(listenProblem(error, { portVariable: "PORT", port, hostVariable: "HOST", host }));
    });
    server.listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
