import { connect } from "node:net";
import type { Answer } from "./answer-faults.ts";

/** Longer than any answer takes, shorter than any test. */
const answerMsMax = 5_000;

interface Caller {
  /** Ends the sending side at once. */
  readonly hangsUp?: boolean;
}

/**
 * Sends bytes to a server as they are. Resolves with everything that comes back until the server hangs up, also when it breaks the
 * connection off.
 */
export async function exchange(url: string, bytes: Uint8Array, { hangsUp = false }: Caller = {}): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const timer = setTimeout(() => socket.destroy(), answerMsMax);
  const received: Buffer[] = [];
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  socket.on("data", (chunk: Buffer) => {
    received.push(chunk);
    // A stream never ends, so its beginning counts as its answer.
    if (/^content-type: text\/event-stream/im.test(chunk.toString("latin1"))) socket.destroy();
  });
  socket.on("error", () => socket.destroy());
  socket.on("end", () => socket.destroy());
  socket.on("close", () => resolve(Buffer.concat(received)));
  socket.write(bytes);
  if (hangsUp) socket.end();
  return await promise.finally(() => clearTimeout(timer));
}

/** The answers in what a server sent, one behind another. Drops an incomplete rest. */
export function httpAnswers(received: Buffer, isHead = false): readonly Answer[] {
  const answers: Answer[] = [];
  for (let rest = received; ; ) {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) return answers;
    const [statusLine = "", ...lines] = rest.subarray(0, headEnd).toString("latin1").split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
    if (Number.isNaN(status)) throw new Error(`no HTTP answer: ${statusLine}`);
    const headers = new Headers(lines.map((line) => splitOnce(line, ": ")));
    const { body, end } = bodyAfter(rest.subarray(headEnd + 4), headers, isHead || status < 200 || status === 204);
    answers.push({ status, headers, text: body.toString() });
    rest = rest.subarray(headEnd + 4 + end);
  }
}

function bodyAfter(rest: Buffer, headers: Headers, isEmpty: boolean): { body: Buffer; end: number } {
  if (isEmpty) return { body: Buffer.alloc(0), end: 0 };
  if (headers.get("transfer-encoding") !== "chunked") {
    const end = Number(headers.get("content-length") ?? 0);
    return { body: rest.subarray(0, end), end };
  }
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd < 0) return { body: Buffer.concat(chunks), end: rest.length };
    const length = Number.parseInt(rest.subarray(at, lineEnd).toString(), 16);
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
    if (!(length > 0)) return { body: Buffer.concat(chunks), end: at };
  }
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line.replace(/:$/, ""), ""] : [line.slice(0, at), line.slice(at + separator.length)];
}
