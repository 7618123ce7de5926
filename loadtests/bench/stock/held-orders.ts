import { randomUUID } from "node:crypto";
import type { CustomerId } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";
import { orderOf, transactAll } from "./commands.ts";

/** One full batch of the engine. */
const perBatch = 1_000;

/** Long enough that nothing expires during the measurement. */
const holdSeconds = 86_400;

/** Holds one unit for each of `count` shoppers, under the default bound for customers of a key. */
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
