import autocannon from "autocannon";

/** A request that a client waits this long for has failed. Longer than any deadline of the service. */
const answerSecondsMax = 30;

export interface Load {
  readonly url: string;
  readonly path: string;
  /** The status of an answer that counts. */
  readonly expectedStatus: number;
  /** The n-th request, counted from 0. */
  readonly requestOf: (n: number) => { readonly key: string; readonly body: string };
  readonly connections: number;
  readonly seconds: number;
}

export interface Measurement {
  readonly expected: number;
  readonly errors: number;
  /** Requests under way at the end, whose answers nobody read. */
  readonly unread: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** POSTs for so long on so many connections, each request its own, the next as soon as one is answered. */
export async function measure({
  url,
  path,
  expectedStatus,
  requestOf,
  connections,
  seconds,
}: Load): Promise<Measurement> {
  let sent = 0;
  let expected = 0;
  let otherAnswers = 0;
  // autocannon's own histogram counts in whole milliseconds; most answers take fewer.
  const tookMs: number[] = [];
  const began = performance.now();
  let lastAnswer = began;
  const ended = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    timeout: answerSecondsMax,
    requests: [
      {
        method: "POST",
        path,
        setupRequest: (request) => {
          const { key, body } = requestOf(sent);
          sent += 1;
          return { ...request, body, headers: { "content-type": "application/json", "idempotency-key": key } };
        },
      },
    ],
  };
  const running = autocannon(options, (error: Error | null, result) =>
    error ? ended.reject(error) : ended.resolve(result),
  );
  running.on("response", (_client, status, _bytes, ms) => {
    lastAnswer = performance.now();
    if (status !== expectedStatus) otherAnswers += 1;
    else {
      expected += 1;
      tookMs.push(ms);
    }
  });
  const { errors } = await ended.promise;
  tookMs.sort((one, other) => one - other);
  const share = (part: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * part))] ?? Number.NaN;
  return {
    expected,
    errors: errors + otherAnswers,
    unread: connections,
    rate: (expected * 1000) / Math.max(lastAnswer - began, seconds * 1000),
    p50: share(0.5),
    p99: share(0.99),
  };
}
