import process from "node:process";

/** A signal to a process group arrives twice: from the system, and from the package manager that passes it on. */
const repeatMs = 1_000;

/** Aborts at Ctrl-C or SIGTERM, so that the command ends what it has begun and says how far it came. A second one ends it at once. */
export function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  let stoppedAt = 0;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted && performance.now() - stoppedAt > repeatMs) process.exit(1);
      stoppedAt ||= performance.now();
      stop.abort(new Error("it was interrupted"));
    });
  }
  return stop.signal;
}
