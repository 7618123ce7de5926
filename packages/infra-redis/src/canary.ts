import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Queue } from "bullmq";
import { jobNames, wakeupJobOptions } from "./wakeup-queue.ts";

const pollMs = 25;

/** Done canaries are looked up, so the last few have to stay. */
const doneKept = 20;

/**
 * Whether a job put on the queue is taken and done within `msMax`. A PING says that Redis answers; only this says that
 * somebody works. Rejects where Redis does not answer.
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
  // Nobody took it. It must not wait for whoever comes tomorrow.
  await queue.remove(jobId);
  return false;
}
