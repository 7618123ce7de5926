import type { Actor, LatePaymentPolicy } from "@holdfast/domain";
import { type Answer, type FilledRequest, type FuzzedHoldfast, fuzzKey, withKey } from "@holdfast/fuzz";
import { TestApi } from "./test-api.ts";

/** pino's number for `error`: a bug of ours. */
const errorLevel = 50;

/** Expired reservations are swept when this many seconds pass at once, not each time, so that late payments meet both. */
const sweepSecondsMin = 100;

const apiKeys = new Map([[fuzzKey, "fuzz" as Actor]]);

/** An API that asks for the key, and that is stopping: it waits for nothing, so its streams end at once. */
export function fuzzedParts(latePayment: LatePaymentPolicy) {
  return { settings: { apiKeys, latePayment }, stopping: AbortSignal.abort() };
}

/** The API in memory, on a clock that the requests move. */
export class MemoryHoldfast implements FuzzedHoldfast {
  readonly #api: TestApi;
  #linesRead = 0;

  constructor(latePayment: LatePaymentPolicy = "refund") {
    this.#api = new TestApi(fuzzedParts(latePayment));
  }

  async send(request: FilledRequest): Promise<Answer> {
    return await asked(this.#api, withKey(request));
  }

  /** Sends a request as it is, without a key. */
  async sendWithoutKey(request: FilledRequest): Promise<Answer> {
    return await asked(this.#api, request);
  }

  async stored(): Promise<string> {
    return this.#api.database.dump();
  }

  async pass(seconds: number): Promise<void> {
    await passed(this.#api, seconds);
  }

  complaints(): readonly string[] {
    const lines = this.#api.log.slice(this.#linesRead);
    this.#linesRead = this.#api.log.length;
    return lines.filter((line) => (JSON.parse(line) as { level: number }).level >= errorLevel);
  }
}

/** Sends a request to an API in this process. */
export async function asked(api: TestApi, { method, target, headers, body }: FilledRequest): Promise<Answer> {
  // As bytes: to a text, `fetch` would give a type of its own.
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const init = { method, headers: headers as [string, string][], ...(bytes === undefined ? {} : { body: bytes }) };
  const response = await api.app.request(target, init as RequestInit);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Moves the clock of an API in this process. */
export async function passed(api: TestApi, seconds: number): Promise<void> {
  api.seconds += seconds;
  if (seconds >= sweepSecondsMin) await api.expireDue();
}
