import type { Problem } from "./api.ts";
import { deadline } from "./deadline.ts";
import { pause, pauseBefore } from "./pause.ts";
import { Unreachable } from "./unreachable.ts";

/** How requests reach Holdfast. */
export interface Line {
  readonly fetch: (request: Request) => Promise<Response>;
  /** How long one try may take. Milliseconds. */
  readonly tryMs: number;
}

/** A request that may be sent again: everything but its body is in `init`, and the body is text. */
export interface Repeatable {
  readonly url: string;
  readonly init: RequestInit;
  readonly idempotencyKey: string | undefined;
}

/** How long a call may take in all, and what ends it sooner. */
export interface Patience {
  readonly timeoutMs: number;
  /** What a try may take beside the line's own time. */
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** An answer of Holdfast's, read. */
export interface Reply {
  readonly response: Response;
  readonly body: unknown;
}

/** Nothing was done, or asking again settles it. A proxy's own answers are among them. A bug (500) would only be met again. */
const worthAnotherTry: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/**
 * Sends a request until it is answered, or the time is over. Every call of Holdfast's may be repeated: reads, what has an
 * idempotency key, what says itself whether it was done before, and, with the `etag` of what was read, changes. The last refusal is an answer; no answer is `Unreachable`.
 */
export async function send(line: Line, request: Repeatable, patience: Patience): Promise<Reply> {
  const { signal: stop, clear } = deadline(patience.timeoutMs, patience.signal);
  try {
    return await sendUntil(stop, line, request, patience);
  } finally {
    clear();
  }
}

async function sendUntil(stop: AbortSignal, line: Line, request: Repeatable, patience: Patience): Promise<Reply> {
  let reply: Reply | undefined;
  let last: unknown;
  for (let tries = 1; ; tries += 1) {
    try {
      reply = await tryOnce(line, request, patience.waitMs, stop);
      if (!worthAnotherTry.has(reply.response.status)) return reply;
    } catch (error) {
      patience.signal?.throwIfAborted();
      last = error;
    }
    try {
      await pause(pauseBefore(tries, reply?.response), stop);
    } catch {
      patience.signal?.throwIfAborted();
      if (reply !== undefined && isProblem(reply.body)) return reply;
      throw unreachable(request, patience, reply, last);
    }
  }
}

async function tryOnce(line: Line, { url, init }: Repeatable, waitMs: number, stop: AbortSignal): Promise<Reply> {
  const { signal, clear } = deadline(line.tryMs + waitMs, stop);
  try {
    const response = await line.fetch(new Request(url, { ...init, signal }));
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    return { response, body: isJson ? JSON.parse(text) : text };
  } finally {
    clear();
  }
}

/** Whether an answer that is not a success is one of Holdfast's own. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}

function unreachable(
  { url, idempotencyKey }: Repeatable,
  { timeoutMs }: Patience,
  reply: Reply | undefined,
  last: unknown,
) {
  const what = reply === undefined ? "no answer" : `status ${reply.response.status}, which is not Holdfast's`;
  return new Unreachable(`${url}: ${what} in ${timeoutMs} ms`, idempotencyKey, last);
}
