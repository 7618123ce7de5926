import { Gauge, type Registry } from "prom-client";

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
