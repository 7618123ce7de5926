import { parentPort } from "node:worker_threads";
import { assert, type Command } from "@holdfast/domain";
import type { ApiKeys, Engine } from "@holdfast/engine";
import { appMetrics, type MetricFigures, metricFigures, Registry } from "@holdfast/metrics";
import type { Hono } from "hono";
import type { AppParts } from "../app-parts.ts";
import { acceptsHealth } from "../health.ts";
import { type Serving, type Stopping, serve } from "../serve.ts";
import type { EngineDesk } from "./engine-desk.ts";
import { Line } from "./line.ts";

/** What the thread with the engine asks of one that serves HTTP. */
export type HttpThread = {
  /** Opens what it needs from the system. */
  readonly open: () => Promise<void>;
  /** Its URL. */
  readonly listen: (at: { readonly port: number; readonly host: string }) => Promise<string>;
  readonly keysChanged: () => void;
  readonly metrics: () => Promise<MetricFigures>;
  /** Stops as `Serving.stop` does, and closes what it has opened. */
  readonly stop: (stopping: Stopping) => Promise<void>;
};

/** The parts of its app that a thread shares with all others: they are the engine's thread's. */
export type SharedParts = Pick<
  AppParts,
  "engine" | "rateLimiter" | "metrics" | "health" | "stopping" | "onKeysChanged"
>;

/** What a thread has opened. */
export interface ThreadApp {
  readonly app: Pick<Hono, "fetch">;
  close(): void | Promise<void>;
}

/** Runs this thread: it serves the app that `open` makes. `desk`: for what else it needs of the engine's thread. */
export function runHttpThread<Desk extends EngineDesk>(
  open: (shared: SharedParts, desk: Line<Desk>) => Promise<ThreadApp>,
): void {
  assert(parentPort !== null, "it runs on a thread");
  const stop = new AbortController();
  const registry = new Registry();
  const changed: (() => void)[] = [];
  let opened: ThreadApp | undefined;
  let serving: Serving | undefined;
  const answers: HttpThread = {
    async open() {
      opened = await open(sharedParts(desk, registry, stop.signal, changed), desk);
    },
    async listen(at) {
      assert(opened !== undefined, "it is open before it listens");
      serving = await serve(opened.app, { ...at, reusePort: true });
      return serving.url;
    },
    keysChanged: () => {
      for (const hear of changed) hear();
    },
    metrics: () => metricFigures(registry),
    async stop(stopping) {
      stop.abort();
      await serving?.stop(stopping);
      await opened?.close();
    },
  };
  const desk = new Line<Desk>(parentPort, answers);
}

function sharedParts(
  desk: Line<EngineDesk>,
  registry: Registry,
  stop: AbortSignal,
  changed: (() => void)[],
): SharedParts {
  const trouble = () => desk.ask("trouble");
  return {
    // The line is typed by what is asked, not by which command it is.
    engine: { submit: ((command: Command) => desk.ask("submit", command)) as Engine["submit"] },
    rateLimiter: { take: (callerId, perSecond) => desk.ask("take", callerId, perSecond) },
    metrics: { ...appMetrics(registry), page: () => desk.ask("metricsPage") },
    health: [{ name: "database", required: true, trouble }, acceptsHealth(stop)],
    stopping: stop,
    onKeysChanged: (hear) => changed.push(hear),
  };
}

/** The keys, so that every thread of the process learns of a change before its caller does. */
export function telling(apiKeys: ApiKeys, desk: Line<EngineDesk>): ApiKeys {
  const tell = () => desk.ask("keysChanged");
  return {
    ...apiKeys,
    create: (record) => apiKeys.create(record).finally(tell),
    revoke: (id, at) => apiKeys.revoke(id, at).finally(tell),
  };
}
