/** Of a SKU, and of a run: the no-op app answers such orders as a sold-out shop would. */
export const soldOutPrefix = "sold-out";

/** More than any round can sell. */
export const plenty = 100_000_000;

export const unitPrice = { amount: 1_999, currency: "EUR" } as const;

/** Products created at the same time. */
const creatorsMax = 50;

/** Creates products with so much stock each. Throws where one is not created. */
export async function createProducts(url: string, skus: readonly string[], totalStock: number): Promise<void> {
  const left = [...skus];
  const create = async () => {
    for (let sku = left.pop(); sku !== undefined; sku = left.pop()) {
      await post(`${url}/v1/products`, { sku, name: sku, price: unitPrice, totalStock });
    }
  };
  await Promise.all(Array.from({ length: creatorsMax }, create));
}

/** Sends one request that must be answered 201. */
export async function post(url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
}
