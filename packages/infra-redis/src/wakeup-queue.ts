import type { OutageLog } from "@holdfast/engine";
import { type JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";

/** Its keys are `<prefix>:expiry:...`. */
export const wakeupQueueName = "expiry";

/** A job's name says what it is. Jobs carry no data. */
export const jobNames = { wakeup: "wakeup", canary: "canary" } as const;

/** Old wake-ups are useless: a job is removed when it is done. */
export const wakeupJobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** The sending end of the wake-up queue, on a connection that it does not own. */
export function openWakeupQueue(redis: Redis, prefix: string, log: OutageLog): Queue {
  const queue = new Queue(wakeupQueueName, {
    connection: redis,
    prefix,
    // BullMQ would do all three only once, when the queue is made, and never retry.
    skipWaitingForReady: true,
    skipVersionCheck: true,
    skipMetasUpdate: true,
  });
  queue.on("error", (error) => log.failed({ what: "wake-up queue", err: error }));
  return queue;
}
