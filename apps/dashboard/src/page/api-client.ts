import type { Problem } from "@holdfast/http-contract";
import { queryText } from "./address.ts";
import type {
  Health,
  Location,
  LowStock,
  Order,
  OrderRequest,
  Page,
  Product,
  Query,
  Receipt,
  Reconciliation,
  Reservation,
  Shortage,
  Transfer,
  Unreadable,
} from "./api-types.ts";
import { readable } from "./readable.ts";
import type { ServerClock } from "./server-clock.ts";

/** The server did not answer in a usable way. A change may or may not have been made. */
export class ServerAway extends Error {
  override readonly name = "ServerAway";
}

/** The API wants a key, or a different one. */
export class KeyNeeded extends Error {
  override readonly name = "KeyNeeded";
  /** Why the key was refused; `undefined` if none was sent. */
  readonly refused: string | undefined;

  constructor(refused: string | undefined) {
    super("the API wants a key");
    this.refused = refused;
  }
}

/** The result of a change, or of a search. A refusal is a value and not an exception. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export interface ApiClientParts {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly clock: ServerClock;
  readonly key: () => string | undefined;
}

interface Call {
  readonly method?: "POST";
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const timeoutMs = 8_000;
const reconciliationTimeoutMs = 30_000; // it adds up all orders

const unknownKey = "The server does not accept this key.";
const tooLittle = "This page reads stock, orders and reservations: its key needs catalogue:read and orders:read.";

/** The API calls that the page makes. Each may throw `ServerAway` or `KeyNeeded`. */
export class ApiClient {
  readonly #parts: ApiClientParts;

  constructor(parts: ApiClientParts) {
    this.#parts = parts;
  }

  products(): Promise<Page<Product | Unreadable>> {
    return this.#read("/v1/products?limit=200");
  }

  orders(): Promise<Page<Order | Unreadable>> {
    return this.#read("/v1/orders?limit=20");
  }

  activeReservations(): Promise<Page<Reservation | Unreadable>> {
    return this.#read("/v1/reservations?status=ACTIVE");
  }

  product(sku: string): Promise<Answer<Product>> {
    return this.#find(`/v1/products/${encodeURIComponent(sku)}`);
  }

  order(id: string): Promise<Answer<Order>> {
    return this.#find(`/v1/orders/${encodeURIComponent(id)}`);
  }

  transfer(id: string): Promise<Answer<Transfer>> {
    return this.#find(`/v1/transfers/${encodeURIComponent(id)}`);
  }

  receipts(transferId: string): Promise<Answer<Page<Receipt>>> {
    return this.#list(`/v1/transfers/${encodeURIComponent(transferId)}/receipts`, { limit: "200" });
  }

  findProducts(query: Query): Promise<Answer<Page<Product>>> {
    return this.#list("/v1/products", query);
  }

  findOrders(query: Query): Promise<Answer<Page<Order>>> {
    return this.#list("/v1/orders", query);
  }

  transfers(query: Query): Promise<Answer<Page<Transfer>>> {
    return this.#list("/v1/transfers", query);
  }

  lowStock(query: Query): Promise<Answer<Page<LowStock>>> {
    return this.#list("/v1/low-stock", query);
  }

  shortages(query: Query): Promise<Answer<Page<Shortage>>> {
    return this.#list("/v1/shortages", query);
  }

  locations(query: Query): Promise<Answer<Page<Location>>> {
    return this.#list("/v1/locations", query);
  }

  reconciliation(): Promise<Reconciliation> {
    return this.#read("/v1/reconciliation?levelsOnly=true", { timeoutMs: reconciliationTimeoutMs });
  }

  async health(): Promise<Health> {
    const { response, body } = await this.#ask("/readyz");
    if (response.ok || response.status === 503) return body as Health;
    throw new ServerAway(`the server answered ${response.status}`);
  }

  placeOrder(request: OrderRequest, idempotencyKey: string): Promise<Answer<Order>> {
    return this.#change("/v1/orders", { body: request, headers: { "Idempotency-Key": idempotencyKey } });
  }

  confirm(orderId: string): Promise<Answer<Order>> {
    return this.#change(`/v1/orders/${encodeURIComponent(orderId)}/confirm`, { body: {} });
  }

  cancel(orderId: string): Promise<Answer<Order>> {
    return this.#change(`/v1/orders/${encodeURIComponent(orderId)}/cancel`);
  }

  async #read<Value>(path: string, call?: Call): Promise<Value> {
    const { response, body } = await this.#ask(path, call);
    if (response.status === 403) throw new KeyNeeded(`${tooLittle} ${(body as Problem).detail ?? ""}`.trim());
    if (!response.ok) throw new ServerAway((body as Problem).title);
    return body as Value;
  }

  /** Reads what a user asks for, which there may not be, or which their key may not see. */
  async #find<Value>(path: string): Promise<Answer<Value>> {
    return answerOf(await this.#ask(path));
  }

  async #list<Item extends object>(path: string, query: Query): Promise<Answer<Page<Item>>> {
    const answer = await this.#find<Page<Item | Unreadable>>(`${path}${queryText(query)}`);
    return answer.ok ? { ok: true, value: readable(answer.value) } : answer;
  }

  async #change<Value>(path: string, call: Call = {}): Promise<Answer<Value>> {
    return answerOf(await this.#ask(path, { ...call, method: "POST" }));
  }

  /** Does not validate the body: it comes from the server that sent this page. */
  async #ask(path: string, { method, body, headers, timeoutMs: limit = timeoutMs }: Call = {}) {
    const { fetch, clock, key } = this.#parts;
    const given = key();
    const sentAt = performance.now();
    const answer = await fetch(path, {
      method: method ?? "GET",
      cache: "no-store",
      signal: AbortSignal.timeout(limit),
      headers: {
        ...headers,
        ...(body && { "Content-Type": "application/json" }),
        ...(given && { Authorization: `Bearer ${given}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
      .then(async (response) => {
        clock.note({ date: response.headers.get("date"), sentAt, receivedAt: performance.now() });
        return { response, body: (await response.json()) as unknown };
      })
      .catch((cause: unknown) => {
        throw new ServerAway("The server does not answer.", { cause });
      });
    if (answer.response.status === 401) throw new KeyNeeded(given === undefined ? undefined : unknownKey);
    return answer;
  }
}

function answerOf<Value>({ response, body }: { readonly response: Response; readonly body: unknown }): Answer<Value> {
  if (response.ok) return { ok: true, value: body as Value };
  if (response.status >= 500) throw new ServerAway((body as Problem).title);
  return { ok: false, problem: body as Problem };
}
