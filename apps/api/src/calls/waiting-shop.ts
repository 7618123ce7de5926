import type { Queries } from "@holdfast/engine";
import { settlingTimers } from "@holdfast/testing";
import { TestApi } from "../test-api.ts";

/** A shop whose time passes when the test says so, and that can be told to stop. */
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
