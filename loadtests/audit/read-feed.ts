import type { ApiReader, FeedEvent } from "./api-reader.ts";

/** Reads the feed from its beginning, until `isWhole`, or until nothing more has come for `lateSecondsMax`. */
export async function readFeed(
  api: ApiReader,
  isWhole: (feed: readonly FeedEvent[]) => boolean,
  lateSecondsMax: number,
): Promise<readonly FeedEvent[]> {
  const feed: FeedEvent[] = [];
  let cursor: string | undefined;
  for (let waited = 0; ; ) {
    const waitSeconds = waited === 0 ? 0 : 1;
    const { data, nextCursor } = await api.events(cursor, waitSeconds);
    feed.push(...data);
    cursor = nextCursor;
    if (data.length > 0) waited = 0;
    else if (waited >= lateSecondsMax || isWhole(feed)) return feed;
    else waited += 1;
  }
}
