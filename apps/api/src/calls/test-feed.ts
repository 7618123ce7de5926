import type { Queries } from "@holdfast/engine";
import { settlingTimers } from "@holdfast/testing";
import { answered, TestApi } from "../test-api.ts";

/** The parts of a page of the feed that tests read. */
export interface Page {
  readonly data: readonly { readonly type: string; readonly position: number; readonly index: number }[];
  readonly nextCursor: string;
}

/** A page of the feed, from its beginning unless the query says otherwise. */
export async function read(api: TestApi, query = ""): Promise<Page> {
  return (await answered(200, api.get(`/v1/events${query}`))) as unknown as Page;
}

/** How many readers wait for more of the feed, from `/metrics`. */
export async function readersOf(api: TestApi): Promise<{ readonly stream: number; readonly poll: number }> {
  const page = await (await api.get("/metrics")).text();
  const count = (kind: string) =>
    Number(new RegExp(`holdfast_feed_readers\\{kind="${kind}"\\} (\\d+)`).exec(page)?.[1]);
  return { stream: count("stream"), poll: count("poll") };
}

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
