import { randomUUID } from "node:crypto";
import type { CustomerId } from "@holdfast/domain";
import type { Database } from "@holdfast/engine";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round } from "../scenario.ts";
import { orderOf, transactAll } from "../stock/commands.ts";
import { createProducts, plenty } from "../stock/products.ts";

/** The cost of an API key: the same shop with one and without, while shoppers already hold many units. */
export const keyCost: LoadScenario = {
  kind: "load",
  name: "key-cost",
  says: "orders of one SKU, each of another customer, with 100,000 live reservations held already; with a key and without",
  counts: "orders",
  variants: ["standalone", "standalone-keyless", "mongo", "mongo-keyless"],
  // The auditor looks once, while there is nothing. A level with 100,000 live reservations takes it seconds, in some rounds and not
  // in others, with a key or without; and the stand-in for MongoDB answers nothing else meanwhile. Nor do the orders of early
  // rounds run out in late ones.
  env: { AUDIT_PAUSE_MS: "3600000", HOLD_SECONDS: "86400" },
  warmUp: async (round) => {
    await hold(round, round.sizes.heldOrders);
    await placeOrders(round, { skuCount: 1, customers: true });
  },
  run: async (round) => {
    const placed = await placeOrders({ ...round, run: `${round.run}-known` }, { skuCount: 1, customers: true });
    const guests = await placeOrders({ ...round, run: `${round.run}-guests` }, { skuCount: 1 });
    return {
      figures: { ...placed.figures, guestRate: guests.figures.rate },
      errors: placed.errors + guests.errors,
      breaches: [...(placed.breaches ?? []), ...(guests.breaches ?? [])],
    };
  },
};

async function hold({ deployment, variant, run }: Round, count: number): Promise<void> {
  const database: Database | undefined = await deployment.openDatabase?.();
  if (database === undefined) throw new Error(`${variant} has no database to fill with reservations`);
  try {
    const sku = `${run}-held`;
    await createProducts(deployment, [sku], plenty);
    await holdForShoppers(database, sku, count);
  } finally {
    await database.close();
  }
}

/** One full batch of the engine. */
const perBatch = 1_000;

/** Long enough that nothing expires during the measurement. */
const holdSeconds = 86_400;

/** Holds one unit for each of `count` shoppers, under the default bound for customers of a key. */
async function holdForShoppers({ store }: Pick<Database, "store">, sku: string, count: number): Promise<void> {
  for (let held = 0; held < count; held += perBatch) {
    const orders = Array.from({ length: Math.min(perBatch, count - held) }, (_, n) => ({
      ...orderOf([sku], { key: randomUUID(), holdSeconds }),
      customerId: `held-${held + n}` as CustomerId,
      bounds: { unitsPerCustomerMax: 100 },
    }));
    await transactAll(store, orders);
  }
}
