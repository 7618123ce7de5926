import { pause, pauseBefore } from "./pause.ts";
import { Refused } from "./refused.ts";
import { isProblem, type Line } from "./send.ts";
import { type ServerSentEvent, serverSentEvents } from "./server-sent-events.ts";

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

/** Where a stream is read. */
export interface StreamLine extends Line {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a stream begins, and what ends it without an error. */
export interface Listening {
  /** The id of the message behind which it begins. */
  readonly behind: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The messages of a stream. When the line breaks it connects again, and goes on behind the last message that had an id.
 *
 * Throws `Refused` where Holdfast says that it will not tell more: a key that is no good, a cursor of a feed that was restored
 * (`feed_restarted`: begin with `problem.nextCursor`).
 */
export async function* streamMessages(
  line: StreamLine,
  { behind: begins, signal }: Listening,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const stop = signal ?? new AbortController().signal;
  let behind = begins;
  for (let tries = 1; !stop.aborted; tries += 1) {
    const connection = new AbortController();
    const response = await connect(line, behind, AbortSignal.any([stop, connection.signal]));
    try {
      if (response?.ok && response.body) {
        for await (const message of serverSentEvents(response.body, silenceMsMax, stop)) {
          if (message.type === "end") throw new Refused(JSON.parse(message.data));
          tries = 0;
          behind = message.id === "" ? behind : message.id;
          yield message;
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
  behind: string | undefined,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const headers = { ...line.headers, ...(behind !== undefined && { "last-event-id": behind }) };
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
