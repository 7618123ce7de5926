import { type Answer, type FilledRequest, type FuzzedHoldfast, withKey } from "@holdfast/fuzz";
import { asked, MemoryHoldfast, passed } from "./memory-holdfast.ts";
import type { TestApi } from "./test-api.ts";

/** The API in memory, and a twin on another store, which has to give every request the same answer. */
export class TwinHoldfast extends MemoryHoldfast implements FuzzedHoldfast {
  readonly #twin: TestApi;

  constructor(twin: TestApi) {
    super("review");
    this.#twin = twin;
  }

  override async send(request: FilledRequest): Promise<Answer> {
    const answers = [await super.send(request), await asked(this.#twin, withKey(request))] as const;
    const [answer, answerOfTwin] = answers.map(comparable);
    if (answer !== answerOfTwin)
      throw new Error(`${JSON.stringify(request)}\nin memory: ${answer}\nits twin:  ${answerOfTwin}`);
    return answers[0];
  }

  override async pass(seconds: number): Promise<void> {
    await super.pass(seconds);
    await passed(this.#twin, seconds);
  }
}

/** The answer without what differs between processes: request ids, keys as they are shown once, metrics. */
function comparable({ status, headers, text }: Answer): string {
  const names = ["content-type", "location", "idempotent-replayed", "x-holdfast-source", "retry-after"];
  if (!headers.get("content-type")?.includes("json")) return JSON.stringify({ status });
  const sent = names.map((name) => headers.get(name));
  return JSON.stringify({ status, sent, text: text.replace(/"(requestId|key)":"[^"]*"/g, '"$1":""') });
}
