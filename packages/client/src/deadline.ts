/** When work has to end, and how to say that it has ended before. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Lets go of the timer and of the outer signal. */
  clear(): void;
}

/**
 * A signal that aborts after some milliseconds, or with an outer one. `AbortSignal.timeout` would do, but keeps a timer and what hangs on it
 * until it fires: a program that makes a thousand calls a second would keep those of half a minute.
 */
export function deadline(ms: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const follow = () => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener("abort", follow, { once: true });
  const timer = setTimeout(() => controller.abort(new DOMException(`no answer in ${ms} ms`, "TimeoutError")), ms);
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", follow);
    },
  };
}
