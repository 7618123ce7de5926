import type { OutageLog, WakeupListener } from "@holdfast/engine";
import { Worker } from "bullmq";
import { listenerConnections } from "./connections.ts";
import { jobNames, wakeupQueueName } from "./wakeup-queue.ts";

/**
 * Takes wake-ups off the queue, which several processes may do at once: each wake-up goes to one of them.
 *
 * A job counts as done when `wake` has been called, not when it has ended: the next sweep makes up for a wake-up that is lost with
 * its process, and a long sweep must not look like a stuck worker.
 */
export class BullmqListener implements WakeupListener {
  readonly #url: string;
  readonly #prefix: string;
  readonly #log: OutageLog;

  constructor(url: string, prefix: string, log: OutageLog) {
    this.#url = url;
    this.#prefix = prefix;
    this.#log = log;
  }

  /** Begins at once, or as soon as Redis is there. What `wake` throws is logged. */
  async listen(wake: () => Promise<void>): Promise<() => Promise<void>> {
    const connections = listenerConnections(this.#url);
    connections.redis.on("error", (error) => this.#log.failed({ what: "listener", err: error }));
    const underWay = new Set<Promise<void>>();
    let stopped = false;

    const worker = new Worker(
      wakeupQueueName,
      async ({ name }) => {
        if (stopped || name !== jobNames.wakeup) return;
        const call = wake()
          .catch((error: unknown) => this.#log.failed({ what: "wake-up call", err: error }))
          .finally(() => underWay.delete(call));
        underWay.add(call);
      },
      {
        connection: connections.redis,
        prefix: this.#prefix,
        // Seconds fire one after another anyway.
        concurrency: 1,
        // After a lost connection: the default of 15 s would be 15 late seconds.
        runRetryDelay: 1_000,
      },
    );
    worker.on("error", (error) => this.#log.failed({ what: "listener", err: error }));

    return async () => {
      stopped = true;
      // By force: a normal close waits for Redis, which may be gone for good. A job cut off here is only a hint.
      await worker.close(true);
      connections.disconnect();
      await Promise.all(underWay);
    };
  }
}
