import { type Deployment, keyHeader } from "../../deployments/deployment.ts";

/** The shop to ask; requests go to its first process. */
export type Shop = Pick<Deployment, "urls" | "apiKey">;

/** The prefix of a SKU that the no-op app answers as if it were sold out. */
export const soldOutPrefix = "sold-out";

/** More than any round can sell. */
export const plenty = 100_000_000;

export const unitPrice = { amount: 1_999, currency: "EUR" } as const;

/** How many products to create in parallel. */
const creatorsMax = 50;

/** Creates products with this much stock each. Throws if one is not created. */
export async function createProducts(shop: Shop, skus: readonly string[], totalStock: number): Promise<void> {
  const left = [...skus];
  const create = async () => {
    for (let sku = left.pop(); sku !== undefined; sku = left.pop()) {
      await post(shop, "/v1/products", { sku, name: sku, price: unitPrice, totalStock });
    }
  };
  await Promise.all(Array.from({ length: creatorsMax }, create));
}

/** Sends one request that must be answered 201. */
export async function post(shop: Shop, path: string, body: object): Promise<void> {
  const response = await ask(shop, path, body);
  const text = await response.text();
  if (response.status !== 201) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
}

/** Sends one request. */
export function ask({ urls: [url], apiKey }: Shop, path: string, body: object): Promise<Response> {
  const headers = { ...keyHeader(apiKey), "content-type": "application/json" };
  return fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}
