import type { ConsumerJob } from "@holdfast/scheduler";
import { Gauge, type Registry } from "prom-client";

/** Adds each feed consumer's position and its distance from the end. Read at each scrape. */
export function feedConsumerMetrics(registry: Registry, consumers: readonly ConsumerJob[]): void {
  new Gauge({
    name: "holdfast_feed_consumer_position",
    help: "How far a consumer has handled the feed: the position of its last commit.",
    labelNames: ["consumer"],
    registers: [registry],
    collect() {
      for (const { name, progress } of consumers) if (progress) this.set({ consumer: name }, progress.position);
    },
  });
  new Gauge({
    name: "holdfast_feed_consumer_behind_commits",
    help: "Commits in the feed that a consumer has not handled yet.",
    labelNames: ["consumer"],
    registers: [registry],
    collect() {
      for (const { name, progress } of consumers) if (progress) this.set({ consumer: name }, progress.behind);
    },
  });
}

/** Adds the number of readers that wait for more of the feed, by kind: `stream`, `poll`. Read at each scrape. */
export function feedReaderMetrics(registry: Registry, readers: () => Readonly<Record<string, number>>): void {
  new Gauge({
    name: "holdfast_feed_readers",
    help: "Open streams of the feed, and polls that wait for more of it.",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      for (const [kind, count] of Object.entries(readers())) this.set({ kind }, count);
    },
  });
}
