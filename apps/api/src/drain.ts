import type { Serving } from "./serve.ts";

/** How long requests under way may take to end when the API takes no more. */
const drainMsMax = 10_000;

/** What comes after: a commit's time at most. Past it something hangs. */
const closeMsMax = 5_000;

/** How long a process may take to stop, all in all. */
export function stopMsMax(noticeMs: number): number {
  return noticeMs + drainMsMax + closeMsMax;
}

/** Ends a server in the order in which nothing is lost: notice, no new requests, then the commits under way. */
export async function drain(serving: Serving, engine: { close(): Promise<void> }, noticeMs: number): Promise<void> {
  await serving.stop({ noticeMs, graceMs: drainMsMax });
  await engine.close();
}

export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
}
