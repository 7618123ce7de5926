import type { WatchLoop } from "@holdfast/scheduler";
import type { Registry } from "prom-client";
import { feedReaderMetrics } from "./feed-metrics.ts";
import { loopMetrics } from "./loop-metrics.ts";
import { type ObserveRequest, requestMetrics } from "./request-metrics.ts";

/** What an app shows of itself. The app knows no registry: it runs where prom-client does not. */
export interface AppMetrics {
  readonly observeRequest: ObserveRequest;
  readonly watchLoop: WatchLoop;
  /** Shows how many readers wait for more of the feed, by kind. Calls `readers` at each scrape. */
  watchReaders(readers: () => Readonly<Record<string, number>>): void;
  /** What `/metrics` answers: all that the process shows, with its media type. */
  page(): Promise<{ readonly text: string; readonly type: string }>;
}

/** Adds an app's metrics to a registry, and shows the whole registry. */
export function appMetrics(registry: Registry): AppMetrics {
  return {
    observeRequest: requestMetrics(registry),
    watchLoop: loopMetrics(registry),
    watchReaders: (readers) => feedReaderMetrics(registry, readers),
    page: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
