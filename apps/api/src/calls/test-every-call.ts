import type { LocationId, Sku } from "@holdfast/domain";
import { callAt, type DescribedCall, describedCalls, schemasIn } from "@holdfast/fuzz";
import { expect } from "vitest";
import { answered, TestApi, tea } from "../test-api.ts";

/** Described once: it takes as long as a hundred calls. */
const described = describedCalls(new TestApi().document);

/** Their answers are the feed, which `/v1/events` answers too, and cannot be read as JSON. */
const streams = ["GET /v1/events/stream", "GET /v1/orders/{id}/stream"];

/** The calls in which a SKU stands: in the path, the query, the body, or in what they answer where all is well. */
export const callsWithSkus: readonly string[] = described
  .filter(namesSku)
  .map(({ name }) => name)
  .filter((name) => !streams.includes(name));

function namesSku({ parameters, body, answers }: DescribedCall): boolean {
  const done = [...answers].flatMap(([status, schemas]) => (status < 300 ? Object.values(schemas) : []));
  const schemas = [...(body === undefined ? [] : [body.schema]), ...done];
  return (
    parameters.some(({ name }) => name === "sku") ||
    schemas.some((schema) => [...schemasIn(schema)].some(([path]) => path.endsWith(".sku")))
  );
}

type Body = Record<string, unknown>;

/** Calls about one SKU, each of which has to name it as it is stored, wherever its answer names one. */
export class EveryCall {
  readonly api: TestApi;
  /** The SKU as requests spell it. */
  readonly given: string;
  /** The SKU as answers do. */
  readonly sku: string;
  /** The calls that were answered with less than 300, by their names in the document. */
  readonly asked = new Set<string>();

  constructor(api: TestApi, given: string, sku: string) {
    this.api = api;
    this.given = given;
    this.sku = sku;
  }

  /** The SKU in a path or a query. */
  get escaped(): string {
    return encodeURIComponent(this.given);
  }

  /** Lines of a request: one of the SKU. */
  lines(quantity: number, more: object = {}) {
    return { lines: [{ sku: this.given, quantity, ...more }] };
  }

  /** Makes a call. What it answers may name the SKU only, as it is stored. */
  async ask(status: number, method: string, path: string, body?: object): Promise<Body> {
    const answer = await this.#send(status, method, path, body);
    expect([path, [...skusIn(answer)].filter((sku) => sku !== this.sku)]).toEqual([path, []]);
    return answer;
  }

  async #send(status: number, method: string, path: string, body?: object): Promise<Body> {
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answer = await answered(status, this.api.send(method, path, sent, headers));
    const name = callAt(described, method, path.split("?")[0] ?? "")?.name;
    if (name !== undefined && status < 300) this.asked.add(name);
    return answer;
  }

  get(path: string): Promise<Body> {
    return this.ask(200, "GET", path);
  }

  /** Makes something by a POST. */
  make(path: string, body: object): Promise<Body> {
    return this.ask(201, "POST", path, body);
  }

  /** Does something by a POST, with no body where none is given. */
  act(path: string, body?: object): Promise<Body> {
    return this.ask(200, "POST", path, body);
  }

  /** Reads a list, which has to name the SKU. */
  async list(path: string): Promise<void> {
    const { data } = await this.get(path);
    expect([path, [...skusIn(data)].length > 0]).toEqual([path, true]);
  }

  /** Reads the feed, which has to name the SKU among others. */
  async feed(path: string): Promise<void> {
    const { data } = await this.#send(200, "GET", path);
    expect([path, [...skusIn(data)]]).toEqual([path, expect.arrayContaining([this.sku])]);
  }
}

/** Every value of a property `sku` in an answer. */
function* skusIn(value: unknown): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    if (name === "sku") yield each;
    else yield* skusIn(each);
  }
}

/** Creates the product, with stock in two places, and sells some. */
export async function stockAndSell(day: EveryCall): Promise<void> {
  const { given, escaped } = day;
  await day.api.openLocation("berlin");
  await day.make("/v1/products", { ...tea, sku: given, totalStock: 20 });
  await day.ask(200, "PATCH", `/v1/products/${escaped}`, { name: "Another name", policies: { backorderLimit: 5 } });
  await day.get(`/v1/products/${escaped}`);
  await day.list(`/v1/products?sku=${escaped}`);
  await day.make("/v1/stock-adjustments", { sku: given, locationId: "berlin", delta: 5, reason: "restock" });
  const adjustment = { sku: given, delta: -1, reason: "damage" };
  await day.make("/v1/stock-adjustments/batch", { adjustments: [adjustment, adjustment] });
  await day.act("/v1/orders?dryRun=true", day.lines(3));
  const refused = await day.ask(409, "POST", "/v1/orders", day.lines(99));
  expect(refused).toMatchObject({ code: "insufficient_stock", errors: [{ sku: day.sku }] });

  const { id, reservation } = await day.make("/v1/orders", day.lines(3, { locationId: "main" }));
  await day.get(`/v1/orders/${id}`);
  await day.ask(200, "PATCH", `/v1/orders/${id}`, { reference: "2026-1" });
  await day.ask(200, "PUT", `/v1/orders/${id}/lines`, day.lines(4));
  await day.act(`/v1/orders/${id}/extend`, { expiresAt: "2026-01-01T01:00:00Z" });
  await day.get(`/v1/reservations/${(reservation as Body)["id"]}`);
  await day.act(`/v1/orders/${id}/cancel`);
  for (const list of ["orders", "reservations", "stock-movements"]) await day.list(`/v1/${list}?sku=${escaped}`);
}

/** Ships some of an order, cancels some and takes some back; pays another too late. */
export async function afterTheSale(day: EveryCall): Promise<void> {
  const { id } = await day.make("/v1/orders", day.lines(4));
  await day.act(`/v1/orders/${id}/confirm`, { paymentReference: "pay-1" });
  await day.make(`/v1/orders/${id}/fulfilments`, day.lines(2));
  await day.make(`/v1/orders/${id}/cancellations`, day.lines(1));
  await day.make(`/v1/orders/${id}/returns`, day.lines(1, { disposition: "UNSELLABLE" }));
  for (const list of ["fulfilments", "reversals"]) await day.list(`/v1/orders/${id}/${list}`);

  const { id: late } = await day.make("/v1/orders", day.lines(20, { locationId: "main" }));
  day.api.seconds += 3_600;
  await day.api.expireDue();
  await day.make("/v1/orders", { ...day.lines(20, { locationId: "main" }), holdSeconds: 86_400 });
  await day.ask(409, "POST", `/v1/orders/${late}/confirm`, { paymentReference: "pay-2" });
  await day.act(`/v1/orders/${late}/review`, { decision: "REFUND" });
  await day.act(`/v1/orders/${late}/refunds`, { paymentReference: "pay-2" });
}

/** Sends units to another place: one transfer arrives, one is closed short, one is cancelled. */
export async function betweenPlaces(day: EveryCall): Promise<void> {
  const places = { fromLocationId: "berlin", toLocationId: "main" };
  const { id } = await day.make("/v1/transfers", { ...places, ...day.lines(3) });
  await day.get(`/v1/transfers/${id}`);
  await day.act(`/v1/transfers/${id}/ship`);
  await day.make(`/v1/transfers/${id}/receive`, day.lines(1));
  await day.list(`/v1/transfers/${id}/receipts`);
  await day.act(`/v1/transfers/${id}/close`, { lossReason: "damaged" });
  const { id: unsent } = await day.make("/v1/transfers", { toLocationId: "main", ...day.lines(3) });
  await day.act(`/v1/transfers/${unsent}/cancel`);
  await day.list(`/v1/transfers?sku=${day.escaped}`);
}

/** Counts, sets right what was edited by hand, and lists what is low, what is short and what happened. */
export async function countAndList(day: EveryCall): Promise<void> {
  const { given, escaped, sku } = day;
  const level = `/v1/stock-levels/${escaped}/berlin`;
  await day.ask(200, "PATCH", level, { safetyStock: 1, lowStockThreshold: 50 });
  const { version } = await day.get(level);
  await day.make("/v1/stock-counts", { sku: given, locationId: "berlin", counted: 7, version });
  await day.make("/v1/stock-counts/batch", { counts: [{ sku: given, locationId: "berlin", counted: 8 }] });
  await day.get(`${level}/explain`);
  await day.list("/v1/low-stock");
  await day.list("/v1/shortages");

  await day.api.database.editLevel({ sku: sku as Sku, locationId: "berlin" as LocationId }, { totalStock: 9 });
  expect(await day.get(`/v1/reconciliation?sku=${escaped}`)).toMatchObject({ ok: false, drift: { length: 2 } });
  const expected = { totalStock: 8, reservedStock: 0, committedStock: 0 };
  const asked = { sku: given, locationId: "berlin", reason: "edited by hand", expected };
  await day.make("/v1/reconciliation/corrections", asked);
  expect(await day.get(`/v1/reconciliation?sku=${escaped}`)).toMatchObject({ ok: true, levelsChecked: 2 });
  await day.ask(200, "PATCH", `/v1/products/${escaped}`, { archived: true });
  await day.feed("/v1/events?limit=200");
}
