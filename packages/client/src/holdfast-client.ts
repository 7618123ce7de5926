import type { Answered, CallName } from "./answered.ts";
import { type Calls, calls, type Order } from "./api.ts";
import type { CallOptions } from "./call-options.ts";
import { type Listeners, listen } from "./event-source.ts";
import { type EventStream, eventStream, type StreamedEvent, type StreamOptions } from "./event-stream.ts";
import { type OrderStream, type OrderStreamOptions, orderStream } from "./order-stream.ts";
import { isProblem, type Line, type Repeatable, send } from "./send.ts";
import { Unreachable } from "./unreachable.ts";

export interface ClientOptions {
  /** Where Holdfast is: `https://holdfast.example`. */
  readonly url: string;
  /** Left out: requests come without one, as on a machine where no key has been made. */
  readonly apiKey?: string;
  /**
   * Tokens of orders that were placed with a storefront's key, by the orders' ids. The client adds those of its own orders, for as long as it
   * lives: give it a map of yours to keep them for longer.
   */
  readonly orderTokens?: Pick<Map<string, string>, "get" | "set">;
  /** How long a call may take with all its tries. Milliseconds. */
  readonly timeoutMs?: number;
  /** How long one try may take. Milliseconds. */
  readonly tryMs?: number;
  /** The platform's own unless it is set. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A call: what its path names, then what it takes, then how it is made. */
export type Call<Name extends CallName> = (
  ...words: [...Calls[Name]["path"], ...Calls[Name]["input"], options?: CallOptions]
) => Promise<Answered<Name>>;

type GroupOf<Name extends string> = Name extends `${infer Group}.${string}` ? Group : never;

type MethodOf<Name extends CallName> = Name extends "events.stream"
  ? (options?: StreamOptions) => EventStream
  : Name extends "orders.stream"
    ? (id: string, options?: OrderStreamOptions) => OrderStream
    : Call<Name>;

/** The streams once more, for pages, with the browser's own `EventSource`. Each gives what ends it. */
interface Listening {
  readonly events: {
    readonly listen: (listeners: Listeners<StreamedEvent>, options?: Pick<StreamOptions, "cursor">) => () => void;
  };
  readonly orders: {
    readonly listen: (
      id: string,
      listeners: Listeners<Order>,
      options?: Pick<OrderStreamOptions, "orderToken">,
    ) => () => void;
  };
}

type Group<Name extends string> = {
  readonly [Each in CallName as Each extends `${Name}.${infer Method}` ? Method : never]: MethodOf<Each>;
};

/** Every call of the API, by its name in the document: `client.orders.place({ lines })`. */
export type HoldfastClient = { readonly [Name in GroupOf<CallName>]: Group<Name> } & Listening;

/**
 * A client of one Holdfast. A call resolves with what was answered, also where that is a refusal; it rejects with `Unreachable` where no
 * answer came in time, and with the signal's reason where you end it.
 */
export function holdfastClient(given: ClientOptions): HoldfastClient {
  const options = { orderTokens: new Map<string, string>(), ...given };
  const groups: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(calls) as CallName[]) {
    const [group = "", method = ""] = name.split(".");
    groups[group] ??= {};
    groups[group][method] = callOf(name, options);
  }
  const client = groups as unknown as HoldfastClient;
  Object.assign(client.events, eventStreams(options, client));
  Object.assign(client.orders, orderStreams(options, client));
  return client;
}

type Words = readonly (string | object | undefined)[];

type Client = ClientOptions & Required<Pick<ClientOptions, "orderTokens">>;

function callOf(name: CallName, client: Client): (...words: Words) => Promise<unknown> {
  const { method, path, takes, keyed, guarded, ofShopper, tries } = calls[name];
  return async (...words) => {
    const named = path.split(/\{\w+\}/);
    const filled = named.reduce((url, part, at) => `${url}${encodeURIComponent(String(words[at - 1]))}${part}`);
    const rest = words.slice(named.length - 1);
    const input = takes === "nothing" ? undefined : rest.shift();
    const options = (rest[0] ?? {}) as CallOptions;
    const order = ofShopper ? orderAbout(words) : undefined;
    const idempotencyKey = keyed ? (options.idempotencyKey ?? newKey()) : undefined;
    const body = takes === "body" && input !== undefined ? JSON.stringify(input) : undefined;
    const headers = {
      ...headersOf(client),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      ...(guarded && options.ifMatch !== undefined && { "if-match": options.ifMatch }),
      ...(order !== undefined && tokenHeader(client, order, options)),
    };
    const query = takes === "query" ? queryOf(input) : tries && options.dryRun === true ? "?dryRun=true" : "";
    const init: RequestInit = { method, headers, ...(body !== undefined && { body }) };
    return await ask(
      client,
      { url: `${baseOf(client)}${filled}${query}`, init, idempotencyKey },
      options,
      waitMsOf(input),
    );
  };
}

/** The order that a shopper's call is about: the one in its path, or the one that a cart replaces. */
function orderAbout([first]: Words): string {
  if (typeof first !== "object") return String(first);
  return "replaces" in first ? String(first.replaces) : "";
}

/**
 * The time and 128 random bits. Keys that begin with the time are neighbours in the database's index, where random ones lie on a page
 * each: an order then costs an old database four fifths of the work. Pages without TLS have no `crypto.randomUUID`.
 */
function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return hexOf(Date.now(), 12) + Array.from(random, (byte) => hexOf(byte, 2)).join("");
}

function hexOf(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

async function ask(client: Client, request: Repeatable, options: CallOptions, waitMs: number): Promise<unknown> {
  const timeoutMs = options.timeoutMs ?? (client.timeoutMs ?? 30_000) + waitMs;
  const { response, body } = await send(lineOf(client), request, { timeoutMs, waitMs, signal: options.signal });
  if (response.ok) {
    const { id, orderToken } = (body ?? {}) as { readonly id?: string; readonly orderToken?: string };
    if (id !== undefined && orderToken !== undefined) client.orderTokens.set(id, orderToken);
    const etag = response.headers.get("etag");
    const replayed = response.headers.get("idempotent-replayed") === "true";
    return { ok: true, value: body, replayed, ...(etag !== null && { etag }) };
  }
  if (isProblem(body)) return { ok: false, ...body };
  const { url, idempotencyKey } = request;
  throw new Unreachable(`${url}: status ${response.status}, which is not Holdfast's`, idempotencyKey, undefined);
}

/** Shows with a storefront's key that an order is the shopper's. */
function tokenHeader({ orderTokens }: Client, id: string, { orderToken = orderTokens.get(id) }: CallOptions) {
  return orderToken !== undefined && { "order-token": orderToken };
}

function eventStreams(
  client: Client,
  { events }: HoldfastClient,
): Listening["events"] & Pick<Group<"events">, "stream"> {
  const url = `${baseOf(client)}${calls["events.stream"].path}`;
  return {
    stream: (options = {}) => eventStream({ ...lineOf(client), url, headers: headersOf(client) }, options),
    listen: (listeners, { cursor } = {}) =>
      listen(
        {
          token: () => events.createStreamToken(),
          url: (behind = cursor) => `${url}${queryOf({ cursor: behind, token: "" })}`,
          read: (data, id) => ({ event: JSON.parse(data), cursor: id }),
        },
        listeners,
      ),
  };
}

function orderStreams(
  client: Client,
  { orders }: HoldfastClient,
): Listening["orders"] & Pick<Group<"orders">, "stream"> {
  const urlOf = (id: string) =>
    `${baseOf(client)}${calls["orders.stream"].path.replace("{id}", encodeURIComponent(id))}`;
  return {
    stream: (id, options = {}) => {
      const headers = { ...headersOf(client), ...tokenHeader(client, id, options) };
      return orderStream({ ...lineOf(client), url: urlOf(id), headers }, options);
    },
    listen: (id, listeners, options = {}) =>
      listen(
        {
          token: () => orders.createStreamToken(id, options),
          url: () => `${urlOf(id)}?token=`,
          read: (data) => JSON.parse(data),
        },
        listeners,
      ),
  };
}

function lineOf({ fetch = (request) => globalThis.fetch(request), tryMs = 10_000 }: ClientOptions): Line {
  return { fetch, tryMs };
}

function baseOf({ url }: ClientOptions): string {
  return url.replace(/\/+$/, "");
}

function headersOf({ apiKey }: ClientOptions): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}

function queryOf(input: unknown): string {
  const given = Object.entries((input ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((each) => each !== undefined).map((each) => [name, String(each)]);
  });
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** How long Holdfast is asked to wait before it answers. */
function waitMsOf(input: unknown): number {
  return ((input as { readonly waitSeconds?: number } | undefined)?.waitSeconds ?? 0) * 1_000;
}
