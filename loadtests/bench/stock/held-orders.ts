import { randomUUID } from "node:crypto";
import type { CustomerId } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";
import { orderOf, transactAll } from "./commands.ts";

/** One full commit of the engine. */
const perBatch = 1_000;

/** Nothing runs out while anything is measured. */
const holdSeconds = 86_400;

/** Holds one unit each for `count` shoppers, under the bound that a key's customers have unless another is set. */
export async function holdForShoppers({ store }: Pick<Database, "store">, sku: string, count: number): Promise<void> {
  for (let held = 0; held < count; held += perBatch) {
    const orders = Array.from({ length: Math.min(perBatch, count - held) }, (_, n) => ({
      ...orderOf([sku], { key: randomUUID(), holdSeconds }),
      customerId: `held-${held + n}` as CustomerId,
      bounds: { unitsPerCustomerMax: 100 },
    }));
    await transactAll(store, orders);
  }
}
