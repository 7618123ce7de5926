import type { Queries } from "@holdfast/engine";
import { VirtualTimers } from "@holdfast/scheduler/virtual-timers";
import { TestApi } from "../test-api.ts";

/** Timers that let all that they set off happen, before the time goes on. */
export function virtualTimers(): VirtualTimers {
  const timers = new VirtualTimers();
  timers.settled = settled;
  return timers;
}

/** Until all that needs no time has happened: a request, its commit and its answer take a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A shop whose time passes when the test says so, and that can be told to stop. */
export function waitingShop(queries?: Queries) {
  const timers = virtualTimers();
  const stop = new AbortController();
  const api = new TestApi({
    after: (ms, call) => timers.after(ms, call),
    stopping: stop.signal,
    ...(queries && { queries }),
  });
  return { api, timers, stop };
}
