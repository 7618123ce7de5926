import { answered, type TestApi } from "../test-api.ts";

/** What a test reads of a page of the feed. */
export interface Page {
  readonly data: readonly { readonly type: string; readonly position: number; readonly index: number }[];
  readonly nextCursor: string;
}

/** A page of the feed, from its beginning unless the query says otherwise. */
export async function read(api: TestApi, query = ""): Promise<Page> {
  return (await answered(200, api.get(`/v1/events${query}`))) as unknown as Page;
}

/** Who waits for more of the feed, as `/metrics` tells it. */
export async function readersOf(api: TestApi): Promise<{ readonly stream: number; readonly poll: number }> {
  const page = await (await api.get("/metrics")).text();
  const count = (kind: string) =>
    Number(new RegExp(`holdfast_feed_readers\\{kind="${kind}"\\} (\\d+)`).exec(page)?.[1]);
  return { stream: count("stream"), poll: count("poll") };
}
