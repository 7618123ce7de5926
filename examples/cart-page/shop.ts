import { each, holdfastClient, type Product } from "@holdfast/client";
import type { StockLine } from "@holdfast/domain";

/** A key for `checkout`, which everybody who opens the page can read. Left out of the address, the shop has to be open to all. */
const apiKey = new URLSearchParams(location.hash.slice(1)).get("key");
const client = holdfastClient({ url: location.origin, ...(apiKey !== null && { apiKey }) });

/** The products of the shop. */
export async function products(): Promise<Product[]> {
  const found: Product[] = [];
  for await (const product of each(client.products.list, {})) if ("levels" in product) found.push(product);
  return found;
}

/** Places an order, and says in words what became of it. `id`: the order's, if there is one. */
export async function placeOrder(
  lines: readonly StockLine[],
): Promise<{ readonly said: string; readonly id?: string }> {
  const placed = await client.orders.place({ lines });
  if (placed.ok) return { said: `${placed.value.id} is yours to pay`, id: placed.value.id };
  if (placed.code === "insufficient_stock") return { said: "someone was quicker" };
  return { said: `refused: ${placed.detail ?? placed.title}` };
}

/** Says in words what becomes of an order, as soon as it does: the shop pushes it to the page. @returns what ends that */
export function follow(id: string, say: (said: string) => void): () => void {
  const words: Readonly<Record<string, string>> = {
    PENDING_PAYMENT: `${id} is yours to pay`,
    CONFIRMED: `${id} is paid`,
    CANCELLED: `${id} is cancelled`,
    EXPIRED: `${id} was not paid in time`,
  };
  return client.orders.listen(id, {
    message: ({ status }) => say(words[status] ?? `${id}: ${status}`),
    refused: ({ detail, title }) => say(`refused: ${detail ?? title}`),
  });
}

/** Gives an order's units back. The client shows the order's token, which it has from the placing. */
export async function giveUp(id: string): Promise<string> {
  const cancelled = await client.orders.cancel(id);
  return cancelled.ok ? `${id} is cancelled` : `refused: ${cancelled.detail ?? cancelled.title}`;
}
