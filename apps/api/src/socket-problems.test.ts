import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "./serve.ts";
import { TestApi } from "./test-api.ts";

/** Sends bytes as they are to a server, and gives status, code and `Content-Type` of its answer. */
async function send(bytes: string): Promise<unknown[]> {
  const serving = await serve(new TestApi().app, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => serving.stop({ noticeMs: 0, graceMs: 0 }));
  const socket = connect(Number(new URL(serving.url).port), "127.0.0.1").setEncoding("latin1");
  let text = "";
  socket.on("data", (more: string) => {
    text += more;
    if (text.includes("}")) socket.end();
  });
  socket.write(bytes, "latin1");
  await once(socket, "close");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const type = /^content-type: (.*)$/im.exec(head)?.[1];
  const id = /^x-request-id: (.*)$/im.exec(head)?.[1];
  const { status, code, requestId } = JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1));
  expect([Number(head.split(" ")[1]), requestId]).toEqual([status, id]);
  return [status, code, type];
}

const at = "Host: localhost\r\n";
const chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

test.each([
  ["a word", "hello\r\n\r\n", 400, "malformed_request"],
  ["a method that is none", `BUY /v1/products HTTP/1.1\r\n${at}\r\n`, 400, "malformed_request"],
  ["another version of HTTP", `GET /v1/products HTTP/9.9\r\n${at}\r\n`, 400, "malformed_request"],
  ["a header without a name", `GET /v1/products HTTP/1.1\r\n${at}: x\r\n\r\n`, 400, "malformed_request"],
  ["no Host", "GET /v1/products HTTP/1.1\r\n\r\n", 400, "malformed_request"],
  ["a Host that is none", "GET /v1/products HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "malformed_request"],
  ["a Host with a path", "GET /v1/products HTTP/1.1\r\nHost: localhost/x\r\n\r\n", 400, "malformed_request"],
  ["an address with a backslash", `GET /v1\\products HTTP/1.1\r\n${at}\r\n`, 400, "malformed_request"],
  ["a long address", `GET /${"x".repeat(70_000)} HTTP/1.1\r\n${at}\r\n`, 431, "header_too_large"],
  ["long headers", `GET / HTTP/1.1\r\n${at}X: ${"x".repeat(70_000)}\r\n\r\n`, 431, "header_too_large"],
  ["a chunk without a length", `POST /v1/orders HTTP/1.1\r\n${at}${chunked}zz\r\n`, 400, "malformed_request"],
  [
    "two lengths",
    `POST /v1/orders HTTP/1.1\r\n${at}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    400,
    "malformed_request",
  ],
  [
    "an expectation",
    `POST /v1/orders HTTP/1.1\r\n${at}Expect: x\r\nContent-Length: 0\r\n\r\n`,
    417,
    "expectation_failed",
  ],
  ["a proxy's CONNECT", `CONNECT localhost:80 HTTP/1.1\r\n${at}\r\n`, 400, "malformed_request"],
  ["TRACE", `TRACE /v1/products HTTP/1.1\r\n${at}\r\n`, 405, "method_not_allowed"],
])("%s is answered with a problem", async (_what, bytes, status, code) => {
  expect(await send(bytes)).toEqual([status, code, "application/problem+json"]);
});
