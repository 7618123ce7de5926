import type { Logger } from "pino";

const tellEveryMs = 1_000;

/** Tells of shed requests once a second: a line for each would be one more load on a process that has too much of it. */
export function shedLog(logger: Pick<Logger, "warn">, now: () => number = () => performance.now()): () => void {
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return () => {
    untold += 1;
    if (now() - toldAt < tellEveryMs) return;
    logger.warn({ shed: untold }, "shedding: more comes in than can be committed in time");
    untold = 0;
    toldAt = now();
  };
}
