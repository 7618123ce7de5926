import fc from "fast-check";
import { oddBody, validBody } from "./bodies.ts";
import type { DescribedCall, DescribedParameter } from "./described-calls.ts";
import { byteSlot, type KnownThings } from "./known-things.ts";
import { oddText } from "./odd-values.ts";
import { oddQuery, oddSegment, urlText, validQueryValue } from "./urls.ts";
import { validText } from "./valid-values.ts";

/** A request before it is sent: its texts have slots for things from earlier answers. */
export interface SketchedRequest {
  /** Seconds that pass before it. */
  readonly wait: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | undefined;
}

/** A request as it is sent. */
export type FilledRequest = Omit<SketchedRequest, "wait">;

/** The request with every slot filled. */
export function filled({ method, target, headers, body }: SketchedRequest, known: KnownThings): FilledRequest {
  return {
    method,
    target: known.fill(target, (thing) => encodeURIComponent(thing.toWellFormed())),
    headers: headers.map(([name, value]) => [name, known.fill(value, headerText)]),
    body: typeof body === "string" ? withBytes(known.fillJson(body)) : body,
  };
}

/** The text, or its bytes if it has slots for single bytes. */
function withBytes(text: string): string | Uint8Array {
  const parts = text.split(byteSlot);
  if (parts.length === 1) return text;
  return Buffer.concat(parts.map((part, n) => (n % 2 === 0 ? Buffer.from(part) : Buffer.from(part, "hex"))));
}

/** What a header can carry at all: bytes, without line ends. */
function headerText(text: string): string {
  return text.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/gu, "é").slice(0, 1_000);
}

type Header = SketchedRequest["headers"][number];

const jsonType: Header = ["content-type", "application/json"];

/** Requests to one call: valid ones, ones with one odd part, and ones with odd parts only. */
export function requestTo(call: DescribedCall): fc.Arbitrary<SketchedRequest> {
  const right = fc.constant(0);
  const odd = fc.constant(1);
  const mixes = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(right, right, right, right) },
    { weight: 2, arbitrary: fc.tuple(odd, right, right, right) },
    { weight: 2, arbitrary: fc.tuple(right, odd, right, right) },
    { weight: 2, arbitrary: fc.tuple(right, right, odd, right) },
    { weight: call.body === undefined ? 1 : 6, arbitrary: fc.tuple(right, right, right, odd) },
    { weight: 1, arbitrary: fc.tuple(odd, odd, odd, odd) },
  );
  const parts = {
    wait: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.constantFrom(1, 5, 301)),
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(call.method) },
      fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"),
    ),
  };
  const paths = [pathOf(call, false), pathOf(call, true)] as const;
  const queries = [queryOf(call), oddQuery(call)] as const;
  const headers = [headersOf(call), oddHeaders(call)] as const;
  const bodies = [bodyOf(call), oddBodyOf(call)] as const;

  return mixes.chain(([path, query, header, body]) =>
    fc
      .record({
        ...parts,
        path: paths[path as 0],
        query: queries[query as 0],
        headers: headers[header as 0],
        sent: bodies[body as 0],
      })
      .map(({ wait, method, path: asked, query: searched, headers: more, sent }) => ({
        wait,
        method,
        target: searched === "" ? asked : `${asked}?${searched}`,
        headers: [...sent.headers, ...more],
        body: ["GET", "HEAD"].includes(method) ? undefined : sent.body,
      })),
  );
}

function pathOf({ template, collection, parameters }: DescribedCall, isOdd: boolean): fc.Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const segments = inPath.map(({ name, schema }) => {
    const known = validText(schema, `${collection} ${name}`).map(urlText);
    return isOdd ? oddSegment(known) : known;
  });
  return fc
    .tuple(...segments)
    .map((filled) => inPath.reduce((path, { name }, n) => path.replace(`{${name}}`, () => filled[n] ?? ""), template));
}

function queryOf({ template, parameters }: DescribedCall): fc.Arbitrary<string> {
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const each = inQuery.map((parameter) => {
    const given = validQueryValue(parameter, template).map((value) => [parameter.name, value] as const);
    return parameter.required ? given : fc.option(given, { freq: 2, nil: undefined });
  });
  return fc
    .tuple(...each)
    .map((pairs) => pairs.flatMap((pair) => (pair === undefined ? [] : [pair.join("=")])).join("&"));
}

/** Few idempotency keys, so that they meet again. */
function headersOf({ parameters }: DescribedCall): fc.Arbitrary<Header[]> {
  const declared = parameters.filter((parameter) => parameter.in === "header");
  const values = (parameter: DescribedParameter) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.constantFrom("key-1", "key-2", "key-3") },
      validText(parameter.schema, parameter.name),
    );
  return fc
    .tuple(...declared.map((parameter) => values(parameter).map((value) => [parameter.name, value] as const)))
    .map((headers) => headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

const otherHeaders = [
  "x-request-id",
  "authorization",
  "accept",
  "accept-encoding",
  "origin",
  "cookie",
  "if-match",
  "if-none-match",
  "range",
  "x-forwarded-for",
  "x-http-method-override",
  "access-control-request-method",
];

function oddHeaders(call: DescribedCall): fc.Arbitrary<Header[]> {
  const declared = call.parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  const names = fc.constantFrom(...otherHeaders, ...declared, ...declared, ...declared);
  const header = fc.tuple(names, oddText.map(headerText));
  return fc.tuple(headersOf(call), fc.array(header, { minLength: 1, maxLength: 3 })).map((lists) => lists.flat());
}

interface Sent {
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array | undefined;
}

function bodyOf({ method, body }: DescribedCall): fc.Arbitrary<Sent> {
  const none: Sent = { headers: [], body: undefined };
  if (body === undefined) return fc.constant(method === "POST" ? { headers: [jsonType], body: "{}" } : none);
  const full = validBody(body.schema).map((text): Sent => ({ headers: [jsonType], body: text }));
  return body.required ? full : fc.oneof(full, fc.constant(none));
}

const contentTypes: fc.Arbitrary<string | undefined> = fc.constantFrom(
  ...[
    "Application/JSON",
    "application/json; charset=utf-8",
    "application/json;charset",
    "application/json ;",
    undefined,
  ],
  ...["application/json, text/plain", "application/json;q", "application/vnd.api+json", "text/json", "text/plain", ""],
  ...["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json\t", "json", "*/*", "é"],
);

function oddBodyOf({ body }: DescribedCall): fc.Arbitrary<Sent> {
  const type = fc.oneof({ weight: 3, arbitrary: fc.constant<string | undefined>("application/json") }, contentTypes);
  const length = fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    fc.constantFrom("0", "2", "-1", "262145", "1e9", "abc", "99999999999999999999"),
  );
  return fc.tuple(type, length, oddBody(body?.schema ?? {})).map(([typed, declared, text]) => ({
    headers: [
      ...(typed === undefined ? [] : [["content-type", typed] as const]),
      ...(declared === undefined ? [] : [["content-length", declared] as const]),
    ],
    body: text,
  }));
}

/** The API key that random requests send. The Holdfast under test has it in its `API_KEYS`, so it asks every caller for a key. */
export const fuzzKey = "the-key-of-made-up-requests";

/** The request with the key, unless it sends an `Authorization` of its own. */
export function withKey(request: FilledRequest): FilledRequest {
  if (request.headers.some(([name]) => name === "authorization")) return request;
  return { ...request, headers: [...request.headers, ["authorization", `Bearer ${fuzzKey}`]] };
}
