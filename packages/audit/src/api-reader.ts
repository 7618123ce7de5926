import {
  eventPageSchema,
  explanationSchema,
  orderSchema,
  productSchema,
  reconciliationSchema,
  reservationSchema,
  stockMovementSchema,
  transferSchema,
} from "@holdfast/http-contract";
import { z } from "zod";

export type Product = z.infer<typeof productSchema>;
export type Order = z.infer<typeof orderSchema>;
export type Reservation = z.infer<typeof reservationSchema>;
export type Movement = z.infer<typeof stockMovementSchema>;
export type Transfer = z.infer<typeof transferSchema>;
export type FeedPage = z.infer<typeof eventPageSchema>;
export type FeedEvent = FeedPage["data"][number];
export type Explanation = z.infer<typeof explanationSchema>;
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** Sends a request: `fetch`, or an app in memory. */
export type Ask = (url: string, init: { headers: Record<string, string> }) => Response | Promise<Response>;

/** The largest page of the API. */
const pageLimit = "200";

/** Reads through the public API, as any client would. Throws if an answer is not what the contract says. */
export class ApiReader {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #ask: Ask;

  constructor(url: string, { apiKey, ask = fetch }: { readonly apiKey?: string | undefined; readonly ask?: Ask } = {}) {
    this.#url = url;
    this.#headers = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
    this.#ask = ask;
  }

  product(sku: string): Promise<Product> {
    return this.#one(productSchema, `/v1/products/${encodeURIComponent(sku)}`);
  }

  /** Of one SKU; of the whole shop if none is named. */
  reconciliation(sku?: string): Promise<Reconciliation> {
    const query = sku === undefined ? "" : `?sku=${encodeURIComponent(sku)}`;
    return this.#one(reconciliationSchema, `/v1/reconciliation${query}`);
  }

  explanation(sku: string, locationId: string): Promise<Explanation> {
    const level = `${encodeURIComponent(sku)}/${encodeURIComponent(locationId)}`;
    return this.#one(explanationSchema, `/v1/stock-levels/${level}/explain`);
  }

  /** Newest first, like all lists here. */
  orders(sku: string): Promise<Order[]> {
    return this.#all(orderSchema, "/v1/orders", { sku });
  }

  /** All orders placed at or after this instant. */
  ordersSince(from: string): Promise<Order[]> {
    return this.#all(orderSchema, "/v1/orders", { from });
  }

  reservations(sku: string): Promise<Reservation[]> {
    return this.#all(reservationSchema, "/v1/reservations", { sku });
  }

  activeReservations(sku: string): Promise<Reservation[]> {
    return this.#all(reservationSchema, "/v1/reservations", { sku, status: "ACTIVE" });
  }

  movements(sku: string): Promise<Movement[]> {
    return this.#all(stockMovementSchema, "/v1/stock-movements", { sku });
  }

  transfers(sku: string): Promise<Transfer[]> {
    return this.#all(transferSchema, "/v1/transfers", { sku });
  }

  /** A page of the feed. At the end of the feed it waits this long for more. */
  events(cursor: string | undefined, waitSeconds: number): Promise<FeedPage> {
    const query = new URLSearchParams({ limit: pageLimit, waitSeconds: `${waitSeconds}`, ...(cursor && { cursor }) });
    return this.#one(eventPageSchema, `/v1/events?${query}`);
  }

  async #one<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.infer<Schema>> {
    const response = await this.#ask(`${this.#url}${path}`, { headers: this.#headers });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${text.slice(0, 400)}`);
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`GET ${path} is not what the contract says: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  }

  async #all<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    filter: Readonly<Record<string, string>>,
  ): Promise<z.infer<Schema>[]> {
    const page = z.object({ data: z.array(schema), nextCursor: z.string().nullable() });
    const items: z.infer<Schema>[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ ...filter, limit: pageLimit, ...(cursor === null ? {} : { cursor }) });
      const { data, nextCursor }: z.infer<typeof page> = await this.#one(page, `${path}?${query}`);
      items.push(...data);
      if (nextCursor !== null && data.length === 0) throw new Error(`GET ${path}: an empty page that is not the last`);
      cursor = nextCursor;
    } while (cursor !== null);
    return items;
  }
}
