import { openMemoryShop } from "./memory-shop.ts";

// Answers requests as a shop with 80 products does, whose list is long enough to be compressed.

let shop: ReturnType<typeof openWithProducts> | undefined;

async function openWithProducts() {
  const opened = await openMemoryShop();
  const headers = { "content-type": "application/json" };
  const price = { amount: 450, currency: "EUR" };
  for (let n = 0; n < 80; n += 1) {
    const body = JSON.stringify({ sku: `sku-${n}`, name: "Green tea from the first flush", price, totalStock: 3 });
    await opened.ask("/v1/products", { method: "POST", headers, body });
  }
  return opened;
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    shop ??= openWithProducts();
    return await (await shop).ask(`${pathname}${search}`, { headers: request.headers });
  },
};
