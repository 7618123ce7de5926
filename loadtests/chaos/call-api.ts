import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { keyHeader, loadKey } from "../deployments/deployment.ts";

/** Requests hang while a server is frozen. Give up as a shopper's browser does. */
const requestMsMax = 8_000;

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Calls the API with the load tests' key: POST with a body, else GET. Rejects if no complete answer comes. */
export async function callApi<Body>(
  url: string,
  { body, idempotencyKey }: { readonly body?: object; readonly idempotencyKey?: string | undefined } = {},
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    headers: {
      ...keyHeader(loadKey),
      ...(body && { "content-type": "application/json" }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(requestMsMax),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** Longer than killed APIs and a database that was away take until they sell again. */
const creationMsMax = 60_000;
const againMs = 200;

/** Minor units of every product here. */
export const unitPrice = 100;

/** Creates a product at `main`, trying until that works: with the same key, past lost connections and 503, for a minute. */
export async function createProduct(url: string, sku: string, totalStock: number, policies?: object): Promise<void> {
  const price = { amount: unitPrice, currency: "EUR" };
  const body = { sku, name: "Chaos", price, totalStock, ...(policies && { policies }) };
  const idempotencyKey = randomUUID();
  const giveUp = performance.now() + creationMsMax;
  for (;;) {
    const answer = await callApi(`${url}/v1/products`, { body, idempotencyKey }).catch((error: Error) => error);
    if ("status" in answer && answer.status === 201) return;
    const mayWorkLater = !("status" in answer) || answer.status === 503;
    if (!mayWorkLater || performance.now() > giveUp) {
      throw new Error(`the product was answered ${"status" in answer ? answer.status : answer.message}`);
    }
    await wait(againMs);
  }
}
