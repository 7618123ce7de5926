import { DatabaseSync } from "node:sqlite";
import { type Answer, exchange, type FilledRequest, type FuzzedHoldfast, httpAnswers, withKey } from "@holdfast/fuzz";
import type { NodeServerApp } from "@holdfast/test-services";

/** A Holdfast that runs as a process of its own on a SQLite file: requests go to it byte by byte. */
export class SocketHoldfast implements FuzzedHoldfast {
  readonly #app: NodeServerApp;
  readonly #database: DatabaseSync;
  #logRead = 0;
  #version = "";
  #entries = "";

  constructor(app: NodeServerApp, file: string) {
    this.#app = app;
    this.#database = new DatabaseSync(file, { readOnly: true });
  }

  async send(request: FilledRequest): Promise<Answer | undefined> {
    const [answer] = httpAnswers(await exchange(this.#app.url, bytesOf(withKey(request))), request.method === "HEAD");
    if (answer === undefined) throw new Error(`no answer to ${JSON.stringify(request)}`);
    // Node's parser and its adapter refuse invalid HTTP in one line, before the app sees it.
    const isBare = answer.headers.get("x-request-id") === null && answer.text === "";
    return isBare && [400, 431].includes(answer.status) ? undefined : answer;
  }

  /** What is new in the journal, without the worker's entries, since reservations run out at any time. */
  async stored(): Promise<string> {
    const version = JSON.stringify(this.#database.prepare("PRAGMA data_version").get());
    if (version !== this.#version) {
      const entries = `SELECT count(*), max(id) FROM journal WHERE body NOT LIKE '%"OrderExpired"%'`;
      this.#entries = JSON.stringify(this.#database.prepare(entries).get());
      this.#version = version;
    }
    return this.#entries;
  }

  /** Time goes by itself. */
  async pass(): Promise<void> {}

  complaints(): readonly string[] {
    const logs = this.#app.logs();
    const lines = logs.slice(this.#logRead).split("\n");
    this.#logRead = logs.length;
    return lines.filter((line) => /"level":[56]0/.test(line) || /^\s+at /.test(line));
  }

  close(): void {
    this.#database.close();
  }
}

/** The request in HTTP/1.1. Without a wrong `Content-Length`, which another test covers, since it cannot be answered. */
function bytesOf({ method, target, headers, body }: FilledRequest): Uint8Array {
  const sent = typeof body === "string" ? Buffer.from(body) : body;
  const lines = headers.filter(([name]) => name !== "content-length").map(([name, value]) => `${name}: ${value}`);
  const length = sent === undefined && method !== "POST" ? [] : [`content-length: ${sent?.length ?? 0}`];
  const head = [`${method} ${target} HTTP/1.1`, "host: localhost", "connection: close", ...lines, ...length, "", ""];
  return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), sent ?? Buffer.alloc(0)]);
}
