import { type FeedPlace, feedPage, feedStart, Outage, type PlacedEvent, type Queries } from "@holdfast/engine";
import { decodeCursor, encodeCursor, routes } from "@holdfast/http-contract";
import type { TypedResponse } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { z } from "zod";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppParts } from "../app-parts.ts";
import { FeedWatch, systemAfter } from "../feed-watch.ts";
import { presentEvent } from "../present-event.ts";

const eventPlace = z
  .tuple([z.literal("event"), z.int().min(1), z.int().min(0)])
  .transform(([, position, index]) => ({ position, index }));

/** Events that a stream keeps for a reader who is slow to take them. */
const eventsAhead = 100;
/** Shorter than any proxy's patience with a silent connection. */
const heartbeatMs = 15_000;

/** Where a cursor points; `undefined` where it is none of this list. */
function placeOf(cursor: string | undefined): FeedPlace | undefined {
  return cursor === undefined ? feedStart : decodeCursor(cursor, eventPlace);
}

function cursorOf({ position, index }: FeedPlace): string {
  return encodeCursor(["event", position, index]);
}

export function eventCalls(app: App, { queries, logger, stopping = never, after = systemAfter }: AppParts): void {
  const watch = new FeedWatch(queries, after);

  app.openapi(routes.listEvents, async (c) => {
    const { limit, cursor, waitSeconds } = c.req.valid("query");
    const from = placeOf(cursor);
    if (from === undefined) return answerProblem(c, "invalid_cursor");
    let page = await feedPage(queries, { from, limit });
    if (page.length === 0 && waitSeconds > 0) {
      await watch.reached(from.position, waitSeconds * 1_000, AbortSignal.any([c.req.raw.signal, stopping]));
      page = await feedPage(queries, { from, limit });
    }
    return c.json({ data: page.map(presentEvent), nextCursor: cursorOf(page.at(-1)?.next ?? from) }, 200);
  });

  app.openapi(routes.streamEvents, async (c) => {
    const from = placeOf(c.req.valid("header")["last-event-id"] ?? c.req.valid("query").cursor);
    if (from === undefined) return answerProblem(c, "invalid_cursor");
    // Read before anything is sent: a database that is away is still a 503.
    const first = await feedPage(queries, { from, limit: eventsAhead });
    c.header("X-Accel-Buffering", "no"); // a proxy that collects answers would keep them back
    return streamSSE(c, async (stream) => {
      const ends = endOf(stream, stopping);
      try {
        await follow({ queries, watch, stream, ends }, from, first);
      } catch (error) {
        // The reader connects again, and goes on where it was.
        if (error instanceof Outage) logger.warn({ requestId: c.get("requestId"), err: error }, "a stream ended");
        else logger.error({ requestId: c.get("requestId"), err: error }, "a stream broke");
        stream.abort();
      }
    }) as StreamAnswer;
  });
}

type StreamAnswer = Response & TypedResponse<string, 200, "text">;

const never = new AbortController().signal;

/** Aborts when the reader has gone or the process stops, and lets go of a write that the reader does not take. */
function endOf(stream: SSEStreamingApi, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const stop = () => stream.abort();
  stream.onAbort(() => {
    stopping.removeEventListener("abort", stop);
    gone.abort();
  });
  if (stopping.aborted) stop();
  else stopping.addEventListener("abort", stop);
  return gone.signal;
}

interface Following {
  readonly queries: Pick<Queries, "feed">;
  readonly watch: FeedWatch;
  readonly stream: SSEStreamingApi;
  readonly ends: AbortSignal;
}

/** Writes the feed from a place on until `ends`: page by page, each event only when the reader has taken the last one. */
async function follow({ queries, watch, stream, ends }: Following, from: FeedPlace, first: PlacedEvent[]) {
  let place = from;
  for (let page = first; !ends.aborted; page = await feedPage(queries, { from: place, limit: eventsAhead })) {
    for (const event of page) {
      if (ends.aborted) return;
      await stream.writeSSE({ data: JSON.stringify(presentEvent(event)), id: cursorOf(event.next) });
      place = event.next;
    }
    if (page.length > 0) continue;
    const more = await watch.reached(place.position, heartbeatMs, ends);
    if (!more) await stream.write(": still here\n\n");
  }
}
