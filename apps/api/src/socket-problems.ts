import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ProblemCode, problemKinds } from "@holdfast/http-contract";
import { problemOf } from "./answer-problem.ts";
import type { Connections } from "./connections.ts";

/** The error codes of the HTTP parser, with the message for callers. */
const codes: Readonly<Record<string, { readonly code: ProblemCode; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: { code: "header_too_large", detail: "Address and headers together may have 16 KiB." },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { code: "body_too_large", detail: "The extensions of a chunk are too long." },
  ERR_HTTP_REQUEST_TIMEOUT: { code: "request_timeout", detail: "The request took too long to arrive." },
  HPE_INVALID_METHOD: { code: "malformed_request", detail: "The method is none that HTTP knows." },
  HPE_INVALID_CHUNK_SIZE: { code: "malformed_request", detail: "A chunk of the body has no valid length." },
};

const otherwise = { code: "malformed_request", detail: "The request is not valid HTTP/1.1." } as const;

/** A problem as bytes on the wire, when there is no request to answer. */
function wireText(code: ProblemCode, detail: string): string {
  const requestId = randomUUID();
  const { status } = problemKinds[code];
  const body = JSON.stringify(problemOf(code, requestId, { detail }));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
    `X-Request-Id: ${requestId}`,
    "",
    body,
  ].join("\r\n");
}

/** Answers input that never becomes a request with a problem, like every other mistake of a caller. */
export function answerBrokenRequests(server: Server, connections: Pick<Connections, "answersOn">): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const answered = connections.answersOn(socket).some(({ headersSent }) => headersSent);
    if (!socket.writable || answered || error.code === "ECONNRESET") return void socket.destroy();
    const { code, detail } = codes[error.code ?? ""] ?? otherwise;
    socket.end(wireText(code, detail), () => socket.destroy());
  });
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
    socket.end(wireText("malformed_request", "This is no proxy."), () => socket.destroy());
  });
  server.on("checkExpectation", (_request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    const { status } = problemKinds.expectation_failed;
    response.writeHead(status, { "Content-Type": "application/problem+json", "X-Request-Id": requestId });
    response.end(JSON.stringify(problemOf("expectation_failed", requestId)));
  });
}

/** The answer to a request whose address cannot be parsed, for example because of its `Host`. */
export function answerUnreadable(error: unknown): Response {
  const code = error instanceof Error && error.name === "RequestError" ? "malformed_request" : "internal_error";
  const requestId = randomUUID();
  const detail = code === "malformed_request" ? { detail: "Host and address make no URL." } : {};
  return new Response(JSON.stringify(problemOf(code, requestId, detail)), {
    status: problemKinds[code].status,
    headers: {
      "Content-Type": "application/problem+json",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
    },
  });
}
