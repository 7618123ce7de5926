import http, { type ObjectBatchRequest } from "k6/http";
import { apiKey, givenRun, urls } from "./settings.ts";
import { shopSkusOf } from "./sizes.ts";

// Statuses that k6 itself does not count as failures. Each answer is checked where it is read.
http.setResponseCallback(http.expectedStatuses(200, 201, 409, 422));

/** What `setup` returns and every shopper gets. */
export interface Shop {
  readonly run: string;
  readonly skus: readonly string[];
}

export interface CartLine {
  readonly sku: string;
  readonly quantity: number;
}

/** The request of one shopper. The key is also the customer, so that the audit notices two orders of one key. */
export interface Cart {
  readonly key: string;
  readonly lines: readonly CartLine[];
  readonly holdSeconds?: number;
}

/** In minor units. All SKUs have the same price, so that a total is a number of units. */
export const unitPrice = { amount: 1_999, currency: "EUR" } as const;

/** Creates the SKUs of this run. Throws, and so ends the run, if the API does not answer as expected. */
export function openShop(skuCount: number, stock: number): Shop {
  const run = givenRun ?? `by-hand-${Date.now().toString(36)}`;
  const skus = shopSkusOf(run, skuCount);
  for (const [index, sku] of skus.entries()) {
    const product = { sku, name: `Load test ${sku}`, price: unitPrice, totalStock: stock };
    const { status, body } = ask(postRequest("/v1/products", JSON.stringify(product), 0, `${run}-${index}-made`));
    if (status !== 201) throw new Error(`creating ${sku} answered ${status}: ${body}`);
  }
  return { run, skus };
}

/** The request that places an order. `turn` chooses the API. */
export function placeRequest(cart: Cart, turn: number): ObjectBatchRequest {
  const { key, lines, holdSeconds } = cart;
  return postRequest("/v1/orders", JSON.stringify({ lines, customerId: key, holdSeconds }), turn, key);
}

export function confirmRequest(orderId: string, turn: number): ObjectBatchRequest {
  const payment = { paymentReference: `pay-${orderId}` };
  return postRequest(`/v1/orders/${orderId}/confirm`, JSON.stringify(payment), turn);
}

export function cancelRequest(orderId: string, turn: number): ObjectBatchRequest {
  return postRequest(`/v1/orders/${orderId}/cancel`, null, turn);
}

export function ask({ method, url, body, params }: ObjectBatchRequest) {
  return http.request(method, url as string, body, { ...params, responseType: "text" });
}

/** Sends all of them at the same time. */
export function askAll(requests: readonly ObjectBatchRequest[]) {
  return http.batch(requests.map((request) => ({ ...request, responseType: "text" as const })));
}

function postRequest(path: string, body: string | null, turn: number, key?: string): ObjectBatchRequest {
  const headers: Record<string, string> = {};
  if (body !== null) headers["Content-Type"] = "application/json";
  if (key !== undefined) headers["Idempotency-Key"] = key;
  if (apiKey !== "") headers["Authorization"] = `Bearer ${apiKey}`;
  // Without a name, k6 would make a time series for the URL of each order.
  const name = path.replace(/ord_\w+/, "{id}");
  return { method: "POST", url: `${urls[turn % urls.length]}${path}`, body, params: { headers, tags: { name } } };
}
