import type { Instant } from "@holdfast/domain";
import { streamTokenSchema } from "@holdfast/http-contract";
import type { HttpBindings } from "@hono/node-server";
import type { Context, TypedResponse } from "hono";
import { answer } from "../answer.ts";
import { answerShown } from "../answer-shown.ts";
import type { AppEnv } from "../app-parts.ts";
import type { Reader, SentStream } from "../feed/sent-stream.ts";
import { hashOfKeyIn } from "../middleware/authenticate.ts";
import { newStreamToken } from "../stream-token.ts";

const streamHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store", // its address may have a token
  "Referrer-Policy": "no-referrer",
  "X-Accel-Buffering": "no", // a proxy that collects answers would keep them back
};

/** Answers with a stream; with its headers alone where there is none. The calls' descriptions have no streams: they declare texts. */
export function answerStream(
  c: Context<AppEnv>,
  body: ReadableStream<Uint8Array> | null,
): Response & TypedResponse<string, 200, "text"> {
  return answer(c, 200, body, streamHeaders) as Response & TypedResponse<string, 200, "text">;
}

/** Answers with a stream that ends when its reader goes, or the process stops. */
export function answerSent(c: Context<AppEnv>, sent: SentStream, stopping: AbortSignal | undefined) {
  // A Worker does not cancel the stream of a reader who has gone, but aborts the request.
  if (connectionOf(c) === undefined) c.req.raw.signal.addEventListener("abort", () => sent.end());
  if (stopping?.aborted) sent.end();
  return answerStream(c, sent.body);
}

/** Answers with a token for the stream at a path, made with the key that the request came with. */
export function answerToken(c: Context<AppEnv>, path: string, now: Instant) {
  const made = newStreamToken({ callerId: c.get("caller").id, keyHash: hashOfKeyIn(c), path }, now);
  return answerShown(c, streamTokenSchema, made, 200, { "Cache-Control": "no-store" });
}

/** The one who asks for a stream. Without a socket, where the request did not come over HTTP, there is none to cut. */
export function readerOf(c: Context<AppEnv>): Reader {
  const connection = connectionOf(c);
  return { pass: c.get("pass"), cut: connection && (() => void connection.destroy()) };
}

/** The answer's socket; `undefined` if the request did not come over HTTP. */
function connectionOf(c: Context<AppEnv>) {
  return (c.env as Partial<HttpBindings> | undefined)?.outgoing;
}
