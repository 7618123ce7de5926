import type { Event } from "./api.ts";
import { type StreamLine, streamMessages } from "./stream-line.ts";

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

/** The feed: everything that happened from the cursor on, each event once, and then what happens. Throws as `streamMessages` does. */
export async function* eventStream(line: StreamLine, { cursor, signal }: StreamOptions): EventStream {
  for await (const { id, data } of streamMessages(line, { behind: cursor, signal })) {
    yield { event: JSON.parse(data) as Event, cursor: id };
  }
}
