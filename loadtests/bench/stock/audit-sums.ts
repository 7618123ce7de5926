import type { ApiReader } from "../../audit/api-reader.ts";
import type { Breach } from "../../audit/breach.ts";

/** The audit when there are too many orders to read: the reconciliation of each SKU, and the units held in all. */
export async function auditSums(api: ApiReader, skus: readonly string[], orders: number): Promise<Breach[]> {
  const breaches: Breach[] = [];
  let held = 0;
  for (const sku of skus) {
    const { ok, drift } = await api.reconciliation(sku);
    if (!ok) breaches.push({ rule: "reconciliation", says: `${sku}: drift ${JSON.stringify(drift)}` });
    held += (await api.product(sku)).reservedStock;
  }
  if (held !== orders) {
    breaches.push({ rule: "as the shoppers saw it", says: `${orders} orders of a unit were placed, ${held} are held` });
  }
  return breaches;
}
