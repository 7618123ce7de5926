import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Queue } from "bullmq";
import { jobNames, wakeupJobOptions } from "./wakeup-queue.ts";

const pollMs = 25;

/** Keep the last few done canaries, since they are looked up. */
const doneKept = 20;

/**
 * Whether a worker takes a job off the queue and does it within `msMax`. A PING shows only that Redis answers. Rejects if Redis does
 * not answer.
 */
export async function canarySurvives(queue: Queue, msMax: number): Promise<boolean> {
  const deadline = performance.now() + msMax;
  const jobId = `canary-${randomUUID()}`;
  const options = { ...wakeupJobOptions, jobId, removeOnComplete: { count: doneKept } };
  const job = await queue.add(jobNames.canary, {}, options);
  do {
    if ((await job.getState()) === "completed") return true;
    await wait(pollMs);
  } while (performance.now() < deadline);
  // No worker took it, so remove it: a later worker must not find it.
  await queue.remove(jobId);
  return false;
}
