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
