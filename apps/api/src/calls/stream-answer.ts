import type { ServerResponse } from "node:http";
import type { Instant } from "@holdfast/domain";
import { streamTokenSchema } from "@holdfast/http-contract";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, TypedResponse } from "hono";
import { answer, answerHeaders } from "../answer.ts";
import { answerShown } from "../answer-shown.ts";
import type { AppEnv } from "../app-parts.ts";
import { BodyOutlet } from "../feed/body-outlet.ts";
import { ResponseOutlet } from "../feed/response-outlet.ts";
import type { SentStream } from "../feed/sent-stream.ts";
import { hashOfKeyIn } from "../middleware/authenticate.ts";
import { newStreamToken } from "../stream-token.ts";

const streamHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store", // its address may have a token
  "Referrer-Policy": "no-referrer",
  "X-Accel-Buffering": "no", // a proxy that collects answers would keep them back
};

type StreamAnswer = Response & TypedResponse<string, 200, "text">;

/** Answers a HEAD of a stream. The calls' descriptions have no streams: they declare texts. */
export function answerHead(c: Context<AppEnv>): StreamAnswer {
  return answer(c, 200, null, streamHeaders) as StreamAnswer;
}

/** Answers with a stream that ends when its reader goes, or the process stops. */
export function answerStream(c: Context<AppEnv>, sent: SentStream, stopping: AbortSignal | undefined): StreamAnswer {
  const response = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  const made = response === undefined ? byBody(c, sent) : byResponse(c, sent, response as ServerResponse);
  if (stopping?.aborted) sent.end();
  return made as StreamAnswer;
}

function byResponse(c: Context<AppEnv>, sent: SentStream, response: ServerResponse): Response {
  const headers = answerHeaders(c, streamHeaders);
  sent.sendTo((listener) => new ResponseOutlet(response, headers, listener));
  return RESPONSE_ALREADY_SENT;
}

/** Where the request did not come by Node's server. */
function byBody(c: Context<AppEnv>, sent: SentStream): Response {
  // A Worker does not cancel the stream of a reader who has gone, but aborts the request.
  c.req.raw.signal.addEventListener("abort", () => sent.end());
  const { body } = sent.sendTo((listener) => new BodyOutlet(listener));
  return answer(c, 200, body, streamHeaders);
}

/** Answers with a token for the stream at a path, made with the key that the request came with. */
export function answerToken(c: Context<AppEnv>, path: string, now: Instant) {
  const made = newStreamToken({ callerId: c.get("caller").id, keyHash: hashOfKeyIn(c), path }, now);
  return answerShown(c, streamTokenSchema, made, 200, { "Cache-Control": "no-store" });
}
