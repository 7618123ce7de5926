import type { Serving } from "./serve.ts";

/** How long requests under way may still take when the API accepts no new ones. */
const drainMsMax = 10_000;

/** The time for the commits after that. If they take longer, something hangs. */
const closeMsMax = 5_000;

/** How long a process may take to stop, in total. */
export function stopMsMax(noticeMs: number): number {
  return noticeMs + drainMsMax + closeMsMax;
}

/** Ends a server so that nothing is lost: first notice, then no new requests, then the commits under way. */
export async function drain(serving: Serving, engine: { close(): Promise<void> }, noticeMs: number): Promise<void> {
  await serving.stop({ noticeMs, graceMs: drainMsMax });
  await engine.close();
}

export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
}
