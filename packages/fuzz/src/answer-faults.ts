import { type Problem, type ProblemCode, problemKinds } from "@holdfast/http-contract";
import type { DescribedCall } from "./described-calls.ts";
import { type Verdict, validatorOf } from "./document-verdict.ts";
import { closed, type JsonSchema } from "./json-schema.ts";
import type { FilledRequest } from "./requests.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One request and its answer. */
export interface Asked {
  readonly request: FilledRequest;
  /** `undefined` where the document has no such path. */
  readonly call: DescribedCall | undefined;
  readonly verdict: Verdict;
  readonly answer: Answer;
  /** Whether anything stored is not as it was before. */
  readonly wrote: boolean;
}

/** Refusals that write on purpose: the order, which they show, has the payment from then on. */
const writingRefusals: readonly string[] = [
  "late_payment_refund_due",
  "late_payment_review_due",
  "order_already_paid",
  "order_not_confirmable",
];

/** Refusals for the raw form of a request, which no schema describes. */
const edgeRefusals: readonly string[] = [
  "malformed_request",
  "unsupported_media_type",
  "unsupported_encoding",
  "body_too_large",
];

/** What no answer may show: places in code, texts of exceptions, names of databases and drivers. */
const internals =
  /node_modules|file:\/\/|\.[mc]?[jt]s:\d|\n\s+at |\b[A-Z]\w*(Error|Exception)\b|SQLITE|UNIQUE constraint|E11000|Mongo|Redis|Unexpected (token|end|non)|in JSON at|is not a function|Cannot read prop|is not iterable|\[object Object\]/;

/** Larger than any refusal needs to be, without the order that it may show. */
const problemBytesMax = 16_384;

/** Every way in which an answer is not what it has to be; none for a right one. */
export function* faultsOf({ request, call, verdict, answer, wrote }: Asked): Generator<string> {
  const { status, headers, text } = answer;
  if (status >= 500) yield `is a ${status}`;
  if (status >= 400 || call === undefined || ["GET", "HEAD"].includes(request.method)) {
    if (wrote && !writingRefusals.includes(codeOf(answer) ?? "")) yield "wrote something";
  }
  if (headers.get("x-request-id") === null) yield "has no request id";
  if (request.method === "OPTIONS" && status === 204) return;

  if (call === undefined) {
    // Order of checks: the method of a known path, then the key and the body, then an unknown path.
    const code = codeOf(answer) ?? "no problem";
    if (
      request.method === "HEAD"
        ? ![401, 404, 405].includes(status)
        : !["not_found", "method_not_allowed", "unauthorized", ...edgeRefusals].includes(code)
    ) {
      yield "is not not_found, for a path of no call";
    } else if (request.method !== "HEAD") yield* problemFaults(answer);
    const allowed = headers.get("allow")?.split(", ");
    if (status === 405 && (allowed === undefined || allowed.includes(request.method))) yield "allows what it refuses";
    return;
  }
  const described = call.answers.get(status);
  if (described === undefined) yield `is a ${status}, which is not described`;
  if (request.method !== "HEAD") {
    if (described) yield* bodyFaults(described, answer);
    if (status >= 400) yield* problemFaults(answer);
  }
  const isRefusedByEdge = edgeRefusals.includes(codeOf(answer) ?? "");
  if (verdict === "refuses" && status < 400) yield "takes what the document refuses";
  if (verdict === "takes" && isRefusedByEdge && !isOpenEnded(text)) yield "refuses what the document takes";
}

function* bodyFaults(described: Readonly<Record<string, JsonSchema>>, { headers, text }: Answer): Generator<string> {
  const type = headers.get("content-type") ?? "no content type";
  const schema = described[type] ?? described[type.split(";")[0] ?? ""];
  if (schema === undefined) {
    yield `is of type ${type}, which is not described`;
    return;
  }
  const validate = validatorOf(closedOnce(schema));
  const body = type.includes("json") ? parsed(text) : text;
  if (!validate(body)) {
    const why = validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join(", ");
    yield `does not fit its schema: ${why}`;
  }
  if (!everyNumberIsExact(body)) yield "has a number that is not exact";
  if (headers.get("x-content-type-options") !== "nosniff") yield "lets its type be guessed";
}

function* problemFaults({ status, headers, text }: Answer): Generator<string> {
  const problem = parsed(text) as Partial<Problem> | undefined;
  const code = problem?.code as ProblemCode | undefined;
  const kind = code !== undefined && Object.hasOwn(problemKinds, code) ? problemKinds[code] : undefined;
  if (kind === undefined) {
    yield `has the unknown code ${code}`;
    return;
  }
  if (kind.status !== status || problem?.status !== status) yield `has another status than ${code}`;
  if (problem?.title !== kind.title) yield `has another title than ${code}`;
  if (problem?.type !== `urn:holdfast:problem:${code}`) yield `has another type than ${code}`;
  if (problem?.requestId !== headers.get("x-request-id")) yield "has another request id in body and headers";
  if (status === 401 && headers.get("www-authenticate") === null) yield "does not say how to authenticate";
  if ([429, 503].includes(status) && headers.get("retry-after") === null) yield "does not say when to come back";
  const internal = internals.exec(text)?.[0];
  if (internal !== undefined) yield `tells of our insides: ${internal}`;
  if (writingRefusals.includes(problem?.code ?? "") !== (problem?.order !== undefined))
    yield "shows an order, or shows none";
  if (problem?.order === undefined && text.length > problemBytesMax) yield `is ${text.length} characters long`;
}

/** What a description cannot say: which currencies the runtime knows, and that an instant has been. */
const openEnded: readonly (string | undefined)[] = ["currency", "at"];

/** Whether all that was wrong is of that kind. */
function isOpenEnded(text: string): boolean {
  const errors = (parsed(text) as Problem | undefined)?.errors ?? [];
  return errors.length > 0 && errors.every(({ path }) => openEnded.includes(path?.split(".").at(-1)));
}

export function codeOf({ text }: Answer): string | undefined {
  const body = parsed(text);
  return typeof body === "object" && body !== null && "code" in body ? String(body.code) : undefined;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function everyNumberIsExact(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value !== "object" || value === null || Object.values(value).every(everyNumberIsExact);
}

const closedSchemas = new WeakMap<JsonSchema, JsonSchema>();

function closedOnce(schema: JsonSchema): JsonSchema {
  const known = closedSchemas.get(schema) ?? closed(schema);
  closedSchemas.set(schema, known);
  return known;
}
