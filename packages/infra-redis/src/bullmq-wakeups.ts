import type { Instant } from "@holdfast/domain";
import type { ExpiryWakeups, OutageLog } from "@holdfast/engine";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { ArmedSeconds, type Second } from "./armed-seconds.ts";
import { jobNames, wakeupJobOptions } from "./wakeup-queue.ts";

/** Seconds that wait for the call under way, at most. */
const waitingMax = 4_096;

/**
 * Wake-ups as delayed BullMQ jobs: one per due second, since the second is the job's id and BullMQ drops an id it has.
 * While one call is under way the next seconds gather. Wake-ups that cannot be sent are dropped.
 */
export class BullmqWakeups implements ExpiryWakeups {
  readonly #queue: Queue;
  readonly #redis: Redis;
  readonly #log: OutageLog;
  readonly #now: () => number;
  readonly #armed = new ArmedSeconds();
  readonly #waiting = new Set<Second>();
  #sending = false;

  constructor(queue: Queue, redis: Redis, log: OutageLog, now: () => number = Date.now) {
    this.#queue = queue;
    this.#redis = redis;
    this.#log = log;
    this.#now = now;
    redis.on("close", () => this.#armed.forgetAll());
  }

  arm(instants: readonly Instant[]): void {
    if (this.#redis.status !== "ready" || this.#waiting.size >= waitingMax) return;
    for (const second of this.#armed.take(instants, this.#now())) this.#waiting.add(second);
    if (this.#waiting.size > 0 && !this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.size > 0) {
      const seconds = [...this.#waiting];
      this.#waiting.clear();
      try {
        await this.#queue.addBulk(seconds.map((second) => this.#job(second)));
      } catch (error) {
        this.#armed.forget(seconds);
        this.#log.failed({ what: "wake-up", err: error });
      }
    }
    this.#sending = false;
  }

  #job(second: Second): Parameters<Queue["addBulk"]>[0][number] {
    const delay = Math.max(0, second * 1_000 - this.#now());
    // BullMQ takes no bare number for an id.
    return { name: jobNames.wakeup, data: {}, opts: { ...wakeupJobOptions, jobId: `due-${second}`, delay } };
  }
}
