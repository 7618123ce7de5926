import type { Event } from "./api.ts";
import { pause, pauseBefore } from "./pause.ts";
import { Refused } from "./refused.ts";
import { isProblem, type Line } from "./send.ts";
import { serverSentEvents } from "./server-sent-events.ts";

/** Holdfast says at least every 15 s that it is there. After so long without a word the line is dead. Milliseconds. */
const silenceMsMax = 45_000;

/** Refusals that pass by themselves. */
const passing: ReadonlySet<string> = new Set([
  "rate_limited",
  "too_many_readers",
  "overloaded",
  "unavailable",
  "internal_error",
]);

export interface StreamOptions {
  /** Behind which event to begin: the `cursor` of the last one that you have seen to. Left out: with the first event ever. */
  readonly cursor?: string;
  /** Ends the stream without an error. */
  readonly signal?: AbortSignal;
}

/** An event of the feed, and the cursor behind it: keep it with what you did about the event. */
export interface StreamedEvent {
  readonly event: Event;
  readonly cursor: string;
}

export type EventStream = AsyncGenerator<StreamedEvent, void, undefined>;

/** Where the feed is read. */
export interface StreamLine extends Line {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The feed: everything that happened from the cursor on, each event once, and then what happens. When the line breaks it connects again
 * and goes on behind the last event.
 *
 * Throws `Refused` where Holdfast says that it will not tell more: a key that is no good, a cursor of a feed that was restored
 * (`feed_restarted`: begin with `problem.nextCursor`).
 */
export async function* eventStream(line: StreamLine, { cursor, signal }: StreamOptions): EventStream {
  const stop = signal ?? new AbortController().signal;
  let behind = cursor;
  for (let tries = 1; !stop.aborted; tries += 1) {
    const connection = new AbortController();
    const response = await connect(line, behind, AbortSignal.any([stop, connection.signal]));
    try {
      if (response?.ok && response.body) {
        for await (const { id, type, data } of serverSentEvents(response.body, silenceMsMax, stop)) {
          if (type === "end") throw new Refused(JSON.parse(data));
          tries = 0;
          behind = id;
          yield { event: JSON.parse(data) as Event, cursor: id };
        }
      } else if (response) await refuse(response);
    } catch (error) {
      if (error instanceof Refused) throw error;
    } finally {
      connection.abort();
    }
    await pause(pauseBefore(Math.max(tries, 1), response), stop).catch(() => {});
  }
}

async function connect(
  line: StreamLine,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const headers = { ...line.headers, ...(cursor !== undefined && { "last-event-id": cursor }) };
  try {
    return await line.fetch(new Request(line.url, { headers, signal }));
  } catch {
    return undefined;
  }
}

/** Throws where asking again would change nothing. */
async function refuse(response: Response): Promise<void> {
  const body: unknown = await response.json();
  if (isProblem(body) && !passing.has(body.code)) throw new Refused(body);
}
