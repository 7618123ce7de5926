import fc from "fast-check";
import { fuzzKey } from "./requests.ts";

const order = '{"lines":[{"sku":"tea","quantity":1}]}';
const head = `Host: localhost\r\nAuthorization: Bearer ${fuzzKey}\r\nContent-Type: application/json\r\n`;
const post = `POST /v1/orders HTTP/1.1\r\n${head}`;
const get = `GET /v1/products?limit=1 HTTP/1.1\r\n${head}\r\n`;
const long = "x".repeat(70_000);

/** Requests that no client library would send, and good ones to corrupt. */
export const brokenRequests: Readonly<Record<string, string>> = {
  "no request line": "\r\n\r\n\r\n\r\n",
  "a word": "hello",
  "a NUL": "\0",
  TLS: "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  "HTTP/0.9": "GET /v1/products\r\n",
  "HTTP/3.7": "GET /v1/products HTTP/3.7\r\nHost: localhost\r\n\r\n",
  "the preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "a method that is none": "BUY /v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  TRACE: "TRACE /v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  TRACK: "TRACK /v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  CONNECT: "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "OPTIONS of everything": "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target that is a URL": "GET http://elsewhere.test/v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target that is a URL of no web": "GET gopher://elsewhere.test/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target of dots": "GET /v1/orders/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target with raw bytes": "GET /v1/products/\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target with a tab": "GET /v1/products\t?limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target with a backslash": "GET /v1\\products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target of two slashes": "GET //v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target without a slash": "GET v1/products HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a target with a fragment": "GET /v1/products#top HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a long target": `GET /${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  "no host": "GET /v1/products HTTP/1.1\r\n\r\n",
  "two hosts": "GET /v1/products HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
  "an empty host": "GET /v1/products HTTP/1.1\r\nHost:\r\n\r\n",
  "a host that is none": "GET /v1/products HTTP/1.1\r\nHost: a b/c?d#e@f\r\n\r\n",
  "a host that is a number": "GET /v1/products HTTP/1.1\r\nHost: 0x7f.1:99999\r\n\r\n",
  "a header without a colon": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\nnothing\r\n\r\n",
  "a header without a name": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n",
  "a header with a space in its name": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\na b: x\r\n\r\n",
  "a header called __proto__": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\n__proto__: x\r\n\r\n",
  "a header with a NUL": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\nx-request-id: \0\r\n\r\n",
  "a header with raw bytes": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\nx-request-id: \xff\x80\r\n\r\n",
  "a header folded": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\nx-a: b\r\n c\r\n\r\n",
  "a long header": `GET /v1/products HTTP/1.1\r\nHost: localhost\r\nx-a: ${long}\r\n\r\n`,
  "a thousand headers": `GET /v1/products HTTP/1.1\r\nHost: localhost\r\n${"x-a: b\r\n".repeat(3_000)}\r\n`,
  "line feeds alone": "GET /v1/products HTTP/1.1\nHost: localhost\n\n",
  "an idempotency key of raw bytes": `${post}Idempotency-Key: \xff\xfe\r\nContent-Length: ${order.length}\r\n\r\n${order}`,
  "an upgrade": "GET /v1/products HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
  "an expectation": `${post}Expect: the unexpected\r\nContent-Length: ${order.length}\r\n\r\n${order}`,
  "a body shorter than was said": `${post}Content-Length: ${order.length + 10}\r\n\r\n${order}`,
  "a body longer than was said": `${post}Content-Length: 5\r\n\r\n${order}`,
  "a body that never comes": `${post}Content-Length: 100\r\n\r\n`,
  "a length below zero": `${post}Content-Length: -1\r\n\r\n${order}`,
  "a length beyond counting": `${post}Content-Length: 99999999999999999999\r\n\r\n${order}`,
  "a length that is no number": `${post}Content-Length: many\r\n\r\n${order}`,
  "two lengths": `${post}Content-Length: 5\r\nContent-Length: ${order.length}\r\n\r\n${order}`,
  "a length and chunks": `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "chunks of no size": `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n${order}\r\n0\r\n\r\n`,
  "chunks of a size beyond counting": `${post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n${order}`,
  "chunks that end too soon": `${post}Transfer-Encoding: chunked\r\n\r\n26\r\n${order.slice(0, 9)}`,
  "chunks over the limit": `${post}Transfer-Encoding: chunked\r\n\r\n50000\r\n${"x".repeat(0x50000)}\r\n0\r\n\r\n`,
  "an encoding that is none": `${post}Transfer-Encoding: gzip, identity\r\n\r\n${order}`,
  "a GET with a body": `GET /v1/products HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`,
  "a good request, then garbage": `${get}\x00\xff\x00garbage\r\n\r\n`,
  "garbage, then a good request": `\x00\xff\x00garbage\r\n\r\n${get}`,
  "a hundred requests at once": get.repeat(100),
  "half a request": get.slice(0, 30),
  "a good order in chunks": `${post}Transfer-Encoding: chunked\r\n\r\n26\r\n${order}\r\n0\r\n\r\n`,
};

/** A request with some of its bytes left out, put in or changed; or with another one right behind it. */
export const corruptedRequest: fc.Arbitrary<Buffer> = fc
  .record({
    request: fc.constantFrom(...Object.values(brokenRequests)),
    next: fc.option(fc.constantFrom(...Object.values(brokenRequests)), { nil: "" }),
    changes: fc.array(
      fc.record({ at: fc.nat({ max: 400 }), drop: fc.nat({ max: 3 }), put: fc.uint8Array({ maxLength: 3 }) }),
      { maxLength: 4 },
    ),
  })
  .map(({ request, next, changes }) => {
    let bytes = Buffer.from(request + next, "latin1");
    for (const { at, drop, put } of changes) {
      bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
    }
    return bytes;
  });
