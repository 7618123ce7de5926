import { z } from "@hono/zod-openapi";
import { createRoute, json } from "../create-route.ts";
import { eventPageSchema } from "../event-schemas.ts";
import { pagingQuery, waitSecondsMax, wholeNumber } from "../paging.ts";
import { streamTokenQuery, streamTokenSchema } from "../stream-schemas.ts";

export const listEvents = createRoute({
  operationId: "events.list",
  method: "get",
  path: "/v1/events",
  tags: ["Events"],
  summary: "The feed: everything that happened, oldest first, each event once",
  description:
    "Without `cursor` it begins with the first event ever. `nextCursor` is never null: at the end of the feed it is the place to go on from later. With `waitSeconds` an empty page is answered only when something has happened, or the time is over; a key that is revoked meanwhile is answered 401. Waiting polls and streams of one key are bounded together: 429 `too_many_readers`. A cursor from before the database was restored is answered 410 `feed_restarted`, with the `nextCursor` to begin with.",
  scope: "orders:read",
  request: {
    query: z.strictObject({
      waitSeconds: wholeNumber(0, waitSecondsMax)
        .default(0)
        .openapi({ description: `At most ${waitSecondsMax}.` }),
      ...pagingQuery,
    }),
  },
  problems: ["feed_restarted", "too_many_readers"],
  responses: { 200: json(eventPageSchema, "A page; empty at the end.") },
});

export const streamEvents = createRoute({
  operationId: "events.stream",
  method: "get",
  path: "/v1/events/stream",
  tags: ["Events"],
  summary: "The feed as server-sent events",
  description:
    "Each event is one message: `data` is what `/v1/events` tells, `id` the cursor behind it. Connect again with the last one as `Last-Event-ID` (browsers do), and the stream goes on there. Comments keep the connection alive. A message of the type `end` says that the key no longer opens the stream; it is the last one. A reader who takes nothing for 30 seconds is cut off, and goes on where it was when it connects again. In a rush the stream may be late: orders come first. Streams and waiting polls of one key are bounded together: 429 `too_many_readers`. A HEAD is answered with the headers, and opens none. A cursor from before the database was restored is answered 410 `feed_restarted`, with the `nextCursor` to begin with.",
  scope: "orders:read",
  request: {
    headers: z.object({ "last-event-id": pagingQuery.cursor }),
    query: z.strictObject({ cursor: pagingQuery.cursor, ...streamTokenQuery }),
  },
  problems: ["feed_restarted", "too_many_readers"],
  responses: {
    200: {
      description: "A stream that ends when the server or the key does.",
      content: {
        "text/event-stream": {
          schema: z
            .string()
            .openapi({ example: "data: {}\nid: WyJldmVudCIsIjAxSzlaSzNTNlE4VzVWMk40TTdSMVQwWVhCIiwxLDFd\n\n" }),
        },
      },
    },
  },
});

export const createFeedToken = createRoute({
  operationId: "events.createStreamToken",
  method: "post",
  path: "/v1/events/stream-tokens",
  tags: ["Events"],
  summary: "Make a token with which a page opens the feed's stream",
  description:
    "For a browser's `EventSource`, which sends no `Authorization`: it opens `/v1/events/stream?token=...`, that stream alone, for 60 seconds. What it has opened goes on until the key is revoked. To connect again, take a new one, and begin with the last `id` as `cursor`.",
  sentAgain: "another token. The first one stays good for its 60 seconds.",
  scope: "orders:read",
  request: {},
  responses: { 200: json(streamTokenSchema, "The token.") },
});
