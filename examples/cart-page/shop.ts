import { each, holdfastClient, type Product } from "@holdfast/client";
import type { StockLine } from "@holdfast/domain";

const client = holdfastClient({ url: location.origin });

/** The products of the shop. */
export async function products(): Promise<Product[]> {
  const found: Product[] = [];
  for await (const product of each(client.products.list, {})) if ("levels" in product) found.push(product);
  return found;
}

/** Places an order, and says in words what became of it. */
export async function placeOrder(lines: readonly StockLine[]): Promise<string> {
  const placed = await client.orders.place({ lines });
  if (placed.ok) return `${placed.value.id} is yours to pay`;
  if (placed.code === "insufficient_stock") return "someone was quicker";
  return `refused: ${placed.detail ?? placed.title}`;
}
