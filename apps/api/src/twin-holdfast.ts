import { type Answer, type FilledRequest, type FuzzedHoldfast, withKey } from "@holdfast/fuzz";
import { asked, MemoryHoldfast, passed } from "./memory-holdfast.ts";
import type { TestApi } from "./test-api.ts";

/** The API in memory, with another one beside it on another store that has to answer every request the same. */
export class TwinHoldfast extends MemoryHoldfast implements FuzzedHoldfast {
  readonly #twin: TestApi;

  constructor(twin: TestApi) {
    super("review");
    this.#twin = twin;
  }

  override async send(request: FilledRequest): Promise<Answer> {
    const answers = [await super.send(request), await asked(this.#twin, withKey(request))] as const;
    const [told, toldByTwin] = answers.map(comparable);
    if (told !== toldByTwin)
      throw new Error(`${JSON.stringify(request)}\nin memory: ${told}\nits twin:  ${toldByTwin}`);
    return answers[0];
  }

  override async pass(seconds: number): Promise<void> {
    await super.pass(seconds);
    await passed(this.#twin, seconds);
  }
}

/** Without what each process has of its own: request ids, keys as they are shown once, metrics. */
function comparable({ status, headers, text }: Answer): string {
  const names = ["content-type", "location", "idempotent-replayed", "x-holdfast-source", "retry-after"];
  if (!headers.get("content-type")?.includes("json")) return JSON.stringify({ status });
  const told = names.map((name) => headers.get(name));
  return JSON.stringify({ status, told, text: text.replace(/"(requestId|key)":"[^"]*"/g, '"$1":""') });
}
