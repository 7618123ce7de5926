import { checkStock } from "../audit/check-stock.ts";
import { skusOf } from "../scenarios/sizes.ts";
import { measure } from "./measure.ts";
import type { BenchScenario } from "./round.ts";

/** More than any round can sell. */
const stock = 1_000_000;

/** Products created at the same time. */
const creatorsMax = 50;

/** The core of the scenarios that place orders of one line, each request for the next SKU of `skuCount`. */
export function placeOrders(skuCount: number): BenchScenario["run"] {
  return async ({ deployment, run, connections, seconds }) => {
    const [url = ""] = deployment.urls;
    const skus = skusOf(run, skuCount);
    await createProducts(url, skus);
    const measured = await measure({
      url,
      path: "/v1/orders",
      expectedStatus: 201,
      requestOf: (n) => ({
        key: `${run}-${n}`,
        body: JSON.stringify({ lines: [{ sku: skus[n % skus.length], quantity: 1 }] }),
      }),
      connections,
      seconds,
    });
    await deployment.idle();
    const { rate, p50, p99, errors, expected, unread } = measured;
    if (!deployment.keepsStock) return { rate, p50, p99, errors, breaches: undefined };
    const counts = { placed: expected, confirmed: 0, cancelled: 0, unsettled: errors + unread };
    const { breaches } = await checkStock({ url, skus, stock, counts });
    return { rate, p50, p99, errors, breaches };
  };
}

async function createProducts(url: string, skus: readonly string[]): Promise<void> {
  const left = [...skus];
  const create = async () => {
    for (let sku = left.pop(); sku !== undefined; sku = left.pop()) {
      const product = { sku, name: sku, price: { amount: 1_999, currency: "EUR" }, totalStock: stock };
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${url}/v1/products`, { method: "POST", headers, body: JSON.stringify(product) });
      const text = await response.text();
      if (response.status !== 201) throw new Error(`creating ${sku} answered ${response.status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: creatorsMax }, create));
}
