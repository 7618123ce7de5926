import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { keyHeader } from "../../deployments/deployment.ts";
import { latencyOf, type Measurement } from "./measurement.ts";

/** Enough that requests seldom wait for a connection. If one does, the wait counts. */
const connectionsMax = 256;

/** A request without an answer this long after the end has failed. */
const answerMsMax = 30_000;

export interface OpenLoad {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly path: string;
  readonly expectedStatus: number;
  readonly requestOf: (n: number) => { readonly key: string; readonly body: string };
  /** Requests to begin, whether or not earlier ones are answered. */
  readonly perSecond: number;
  readonly seconds: number;
  /** How long it sends before that, at the same rate, while connections are opened. What is sent then is counted, how long it takes is not. */
  readonly settleSeconds?: number;
}

export interface OpenMeasurement extends Measurement {
  /** How late this generator sent its requests. */
  readonly sentLateP99: number;
}

/**
 * POSTs at a steady rate, like independent shoppers. Times count from the moment at which a request should have been sent, so that a stall
 * of the server counts for all requests that were due meanwhile. (autocannon's `overallRate` sends the requests of each second in a burst,
 * and counts from the sending.)
 */
export async function openLoop(load: OpenLoad): Promise<OpenMeasurement> {
  const { url, apiKey, path, expectedStatus, requestOf, perSecond, seconds, settleSeconds = 0 } = load;
  const pool = new Pool(url, { connections: connectionsMax, pipelining: 1, headersTimeout: answerMsMax });
  const tookMs: number[] = [];
  const lateMs: number[] = [];
  let expected = 0;
  let errors = 0;
  let open = 0;
  const settling = Math.round(perSecond * settleSeconds);
  const total = settling + Math.max(1, Math.round(perSecond * seconds));
  const began = performance.now();

  const always = keyHeader(apiKey);
  const send = (n: number, dueAt: number) => {
    const { key, body } = requestOf(n);
    const headers = { ...always, "content-type": "application/json", "idempotency-key": key };
    open += 1;
    if (n >= settling) lateMs.push(performance.now() - dueAt);
    let status = 0;
    pool.dispatch(
      { method: "POST", path, headers, body },
      {
        onRequestStart: () => {},
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: () => {},
        onResponseEnd: () => {
          open -= 1;
          if (status === expectedStatus) {
            expected += 1;
            if (n >= settling) tookMs.push(performance.now() - dueAt);
          } else errors += 1;
        },
        onResponseError: () => {
          open -= 1;
          errors += 1;
        },
      },
    );
  };

  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1000) + 1);
    for (; sent < due; sent += 1) send(sent, began + (sent * 1000) / perSecond);
    await wait(1);
  }
  const sendingMs = performance.now() - began;
  const deadline = performance.now() + answerMsMax;
  while (open > 0 && performance.now() < deadline) await wait(5);
  const unread = open;
  await pool.destroy();
  const { p99: sentLateP99 } = latencyOf(lateMs);
  return { expected, errors, unread, rate: (expected * 1000) / sendingMs, ...latencyOf(tookMs), sentLateP99 };
}
