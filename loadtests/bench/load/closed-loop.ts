import autocannon from "autocannon";
import { keyHeader } from "../../deployments/deployment.ts";
import { latencyOf, type Measurement } from "./measurement.ts";

/** After this a request has failed. Longer than any deadline of the service. */
const answerSecondsMax = 30;

/** How often autocannon checks whether its time is over. */
const lookEveryMs = 100;

/** What a client keeps from one request of its sequence to the next. */
export type Visit = { orderId?: string; ending?: "confirm" | "cancel" };

/** One request of a client's sequence. */
export interface Step {
  /** The expected status. Other answers are errors. */
  readonly expectedStatus: number;
  readonly request: (visit: Visit) => {
    readonly method: "GET" | "POST";
    readonly path: string;
    readonly key?: string;
    readonly body?: string;
  };
  /** Takes what the next steps need from an answer. Without it bodies are not read. */
  readonly onAnswer?: (visit: Visit, body: string) => void;
}

export interface Load {
  readonly urls: readonly string[];
  readonly apiKey?: string | undefined;
  /** The sequence: each request is sent as soon as the one before is answered, and then it begins again. */
  readonly steps: readonly [Step, ...Step[]];
  readonly connections: number;
  /** How long to send, or how many requests (at least one per connection). */
  readonly seconds?: number;
  readonly amount?: number;
}

/** Sends on all connections, each the next request as soon as one is answered. Connections are spread over the URLs. */
export async function closedLoop({
  urls,
  apiKey,
  steps,
  connections,
  seconds = 0,
  amount,
}: Load): Promise<Measurement> {
  let expected = 0;
  let otherAnswers = 0;
  // autocannon's own histogram counts whole milliseconds, and most answers take less than one.
  const tookMs: number[] = [];
  const began = performance.now();
  let lastAnswer = began;
  const processorBefore = process.cpuUsage();
  const ended = Promise.withResolvers<autocannon.Result>();
  const turns = new WeakMap<object, number>();
  const options: autocannon.Options = {
    // Its types allow one URL only.
    url: urls as readonly string[] as unknown as string,
    connections,
    duration: seconds,
    ...(amount !== undefined && { amount }),
    timeout: answerSecondsMax,
    sampleInt: lookEveryMs,
    requests: steps.map((step) => requestOf(step, keyHeader(apiKey))),
  };
  const running = autocannon(options, (error: Error | null, result) =>
    error ? ended.reject(error) : ended.resolve(result),
  );
  running.on("response", (client, status, _bytes, ms) => {
    lastAnswer = performance.now();
    const turn = turns.get(client) ?? 0;
    turns.set(client, turn + 1);
    if (status !== steps[turn % steps.length]?.expectedStatus) otherAnswers += 1;
    else {
      expected += 1;
      tookMs.push(ms);
    }
  });
  const { errors } = await ended.promise;
  const { user, system } = process.cpuUsage(processorBefore);
  return {
    expected,
    errors: errors + otherAnswers,
    unread: amount === undefined ? connections : 0,
    rate: (expected * 1000) / Math.max(lastAnswer - began, seconds * 1000),
    ...latencyOf(tookMs),
    generatorMicroseconds: (user + system) / (expected + otherAnswers),
  };
}

function requestOf({ request, onAnswer }: Step, always: Readonly<Record<string, string>>): autocannon.Request {
  return {
    setupRequest: (made, visit) => {
      const { method, path, key, body } = request(visit);
      const headers = {
        ...always,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      };
      return { ...made, method, path, headers, body: body ?? "" };
    },
    ...(onAnswer && { onResponse: (_status, body, visit) => onAnswer(visit, body) }),
  };
}
