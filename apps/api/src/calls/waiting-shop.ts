import type { Queries } from "@holdfast/engine";
import { settlingTimers } from "@holdfast/testing";
import { TestApi } from "../test-api.ts";

/** A shop whose time the test moves, and that the test can stop. */
export function waitingShop(queries?: Queries) {
  const timers = settlingTimers();
  const stop = new AbortController();
  const api = new TestApi({
    after: (ms, call) => timers.after(ms, call),
    stopping: stop.signal,
    ...(queries && { queries }),
  });
  return { api, timers, stop };
}
