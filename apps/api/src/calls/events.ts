import { type FeedPlace, feedPage, Outage, type PlacedEvent, type Queries } from "@holdfast/engine";
import { routes } from "@holdfast/http-contract";
import type { Context, TypedResponse } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { answerProblem } from "../answer-problem.ts";
import type { App, AppEnv, AppParts } from "../app-parts.ts";
import { FeedWatch, systemAfter } from "../feed-watch.ts";
import { presentEvent } from "../present-event.ts";
import { type FeedBeginning, feedBeginning, feedCursorOf, type NoBeginning, restarted } from "./feed-cursor.ts";

/** Events that a stream keeps for a reader who is slow to take them. */
const eventsAhead = 100;
/** Shorter than any proxy's patience with a silent connection. */
const heartbeatMs = 15_000;

function refuse(c: Context<AppEnv>, { code, ...detail }: NoBeginning) {
  return answerProblem(c, code, detail);
}

export function eventCalls(app: App, { queries, logger, stopping = never, after = systemAfter }: AppParts): void {
  const watch = new FeedWatch(queries, after);

  app.openapi(routes.listEvents, async (c) => {
    const { limit, cursor, waitSeconds } = c.req.valid("query");
    const beginning = await feedBeginning(queries, cursor);
    if (!beginning.ok) return refuse(c, beginning.failure);
    const { epoch, from } = beginning.value;
    let page = await feedPage(queries, { from, limit });
    if (page.length === 0 && waitSeconds > 0) {
      const ends = AbortSignal.any([c.req.raw.signal, stopping]);
      const how = await watch.wait({ epoch, position: from.position }, waitSeconds * 1_000, ends);
      if (typeof how === "object") return refuse(c, restarted(how.restarted));
      page = await feedPage(queries, { from, limit });
    }
    return c.json({ data: page.map(presentEvent), nextCursor: feedCursorOf(epoch, page.at(-1)?.next ?? from) }, 200);
  });

  app.openapi(routes.streamEvents, async (c) => {
    // Read before anything is sent: a database that is away is still a 503.
    const beginning = await feedBeginning(
      queries,
      c.req.valid("header")["last-event-id"] ?? c.req.valid("query").cursor,
    );
    if (!beginning.ok) return refuse(c, beginning.failure);
    const first = await feedPage(queries, { from: beginning.value.from, limit: eventsAhead });
    c.header("X-Accel-Buffering", "no"); // a proxy that collects answers would keep them back
    return streamSSE(c, async (stream) => {
      const ends = endOf(stream, stopping);
      try {
        await follow({ queries, watch, stream, ends }, beginning.value, first);
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

/**
 * Writes the feed from a place on until `ends`: page by page, each event only when the reader has taken the last one. Ends
 * where another epoch begins: the reader connects again, and learns of it.
 */
async function follow({ queries, watch, stream, ends }: Following, begins: FeedBeginning, first: PlacedEvent[]) {
  const { epoch, from } = begins;
  let place: FeedPlace = from;
  for (let page = first; !ends.aborted; page = await feedPage(queries, { from: place, limit: eventsAhead })) {
    for (const event of page) {
      if (ends.aborted) return;
      await stream.writeSSE({ data: JSON.stringify(presentEvent(event)), id: feedCursorOf(epoch, event.next) });
      place = event.next;
    }
    if (page.length > 0) continue;
    const how = await watch.wait({ epoch, position: place.position }, heartbeatMs, ends);
    if (typeof how === "object") return;
    if (how === "over") await stream.write(": still here\n\n");
  }
}
