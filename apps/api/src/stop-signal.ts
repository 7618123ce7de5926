import process from "node:process";
import type { Logger } from "pino";

/**
 * Aborts at the first SIGTERM or SIGINT. A second one, or `stopMsMax` without an end, gives up waiting: what is
 * acknowledged is durable anyway.
 */
export function stopSignal(logger: Pick<Logger, "info" | "error">, stopMsMax: number): AbortSignal {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(1);
    logger.info({ signal }, "stopping");
    stop.abort();
    setTimeout(() => {
      logger.error({ stopMsMax }, "did not stop in time");
      process.exit(1);
    }, stopMsMax).unref();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return stop.signal;
}
