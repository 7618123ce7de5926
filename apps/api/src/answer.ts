import type { Context } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { StatusCode } from "hono/utils/http-status";
import type { AppEnv } from "./app-parts.ts";

/** The headers of an answer, by name. A plain object: the server writes it as it is. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** What keeps a browser from making more of an answer than data. The other secure headers are about pages. */
const dataHeaders: AnswerHeaders = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Strict-Transport-Security": "max-age=15552000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
};

/** An answer in JSON. */
export const json = { "Content-Type": "application/json" } as const;

/**
 * Makes an answer of the API, once: its text with all of its headers, those that were added to the request's answer so far among them.
 *
 * Setting a header on an answer afterwards (`c.header`, `c.res.headers`) builds a `Headers` object, which costs as much as deciding an order.
 */
export function answer(
  c: Context<AppEnv>,
  status: StatusCode,
  body: string | ReadableStream<Uint8Array> | null,
  headers: AnswerHeaders,
): Response {
  return new Response(body, { status, headers: answerHeaders(c, headers) });
}

/** All headers of an answer that is made now: for one that is sent without `answer`. */
export function answerHeaders(c: Context<AppEnv>, headers: AnswerHeaders): AnswerHeaders {
  c.set("answered", true);
  return { ...dataHeaders, ...c.get("headers"), ...headers };
}

/** Adds a header to whatever the request will be answered. */
export function addHeader(c: Context<AppEnv>, name: string, value: string): void {
  c.get("headers")[name] = value;
}

const securePage = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    styleSrc: ["'self'", "'unsafe-inline'"], // Swagger UI sets styles
    frameAncestors: ["'none'"],
  },
});

/** Completes an answer that `answer` has not made, as a page: with the headers that pages need, and those of the request's answer. */
export async function completePage(c: Context<AppEnv>): Promise<void> {
  await securePage(c, async () => {});
  for (const [name, value] of Object.entries(c.get("headers"))) c.res.headers.set(name, value);
}
