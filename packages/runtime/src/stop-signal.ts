import process from "node:process";
import { onLauncherGone } from "./launchers.ts";

interface Logger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A signal to a process group arrives twice: from the system, and from the package manager that passes it on. */
const repeatMs = 1_000;

/**
 * Aborts at the first SIGTERM, SIGINT or SIGHUP, or when a package manager that started this process has exited. A second signal ends
 * the process at once, and so does `stopMsMax` without an end. Nothing acknowledged is lost by that: it is durable.
 */
export function stopSignal(logger: Logger, stopMsMax: number): AbortSignal {
  const stop = new AbortController();
  let stoppedAt = 0;
  const begin = (cause: object) => {
    if (stop.signal.aborted) return;
    stoppedAt = performance.now();
    logger.info(cause, "stopping");
    stop.abort();
    setTimeout(() => {
      logger.error({ stopMsMax }, "did not stop in time");
      process.exit(1);
    }, stopMsMax).unref();
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted && performance.now() - stoppedAt > repeatMs) process.exit(1);
      begin({ signal });
    });
  }
  onLauncherGone((launcher) => begin({ launcher }));
  return stop.signal;
}
