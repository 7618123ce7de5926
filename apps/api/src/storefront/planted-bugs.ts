import { hash } from "node:crypto";
import type { Passage } from "./shoppers-play.ts";

const serverKey = "s3cret-of-the-shops-server";

/** The request as the shop's server would send it. */
function asServer(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set("authorization", `Bearer ${serverKey}`);
  return new Request(request, { headers });
}

function without(request: Request, header: string): Request {
  const headers = new Headers(request.headers);
  headers.delete(header);
  return new Request(request, { headers });
}

async function changed(response: Response, change: (body: Record<string, unknown>) => object): Promise<Response> {
  return new Response(JSON.stringify(change((await response.json()) as Record<string, unknown>)), response);
}

const isAbout = (request: Request, method: string, path: RegExp) =>
  request.method === method && path.test(new URL(request.url).pathname);

/** Mistakes that the API could make with a storefront's key, each made by a passage that alters requests or answers. */
export const plantedBugs: Readonly<Record<string, Passage>> = {
  "any token reads an order": (request, send) =>
    send(isAbout(request, "GET", /orders\/\w+$/) && request.headers.has("order-token") ? asServer(request) : request),
  "no token is asked for to read an order": (request, send) =>
    send(isAbout(request, "GET", /orders\/\w+$/) && !request.headers.has("order-token") ? asServer(request) : request),
  "any token cancels an order": (request, send) =>
    send(isAbout(request, "POST", /\/cancel$/) && request.headers.has("order-token") ? asServer(request) : request),
  "a page confirms its order": (request, send) =>
    send(isAbout(request, "POST", /\/confirm$/) ? asServer(request) : request),
  "a page lists all orders": (request, send) =>
    send(isAbout(request, "GET", /\/orders$/) ? asServer(request) : request),
  "a replay places another order": (request, send) =>
    send(isAbout(request, "POST", /\/orders$/) ? without(request, "idempotency-key") : request),
  "a replay comes without its token": async (request, send) => {
    const response = await send(request);
    if (response.headers.get("idempotent-replayed") !== "true") return response;
    return await changed(response, ({ orderToken: _lost, ...order }) => order);
  },
  "a token says the quantity, and not the order": async (request, send) => {
    const response = await send(request);
    if (!isAbout(request, "POST", /\/orders$/) || response.status !== 201) return response;
    return await changed(response, (order) => ({
      ...order,
      orderToken: `hfo_${hash("sha256", JSON.stringify(order["lines"]))}`,
    }));
  },
  "a stream's token opens every order": (request, send) => {
    const url = new URL(request.url);
    if (!url.pathname.endsWith("/stream")) return send(request);
    url.searchParams.delete("token");
    return send(asServer(new Request(url)));
  },
  "any token makes a stream's token": (request, send) =>
    send(
      isAbout(request, "POST", /\/stream-tokens$/) && request.headers.has("order-token") ? asServer(request) : request,
    ),
};
