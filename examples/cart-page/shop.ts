import type { Sku, StockLevel, StockLine } from "@holdfast/domain";

/** A product as this page needs it. */
export interface Product {
  readonly sku: Sku;
  readonly name: string;
  readonly level: Partial<StockLevel> | undefined;
}

interface ProductAnswer {
  readonly sku: Sku;
  readonly name: string;
  readonly levels: readonly (Partial<StockLevel> & { readonly locationId: string })[];
}

/** The products of the shop, with their stock at the main location. */
export async function products(): Promise<Product[]> {
  const response = await fetch("/v1/products");
  const { data } = (await response.json()) as { readonly data: readonly ProductAnswer[] };
  return data.map(({ sku, name, levels }) => ({ sku, name, level: levels.find((each) => each.locationId === "main") }));
}

/** Places an order, and says in words what became of it. */
export async function placeOrder(lines: readonly StockLine[]): Promise<string> {
  const response = await fetch("/v1/orders", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ lines }),
  });
  const answer = (await response.json()) as { readonly id?: string; readonly detail?: string; readonly code?: string };
  return response.ok ? `${answer.id} is yours to pay` : `refused: ${answer.detail ?? answer.code}`;
}
