import type { Database } from "@holdfast/engine";
import { placeOrders } from "../place-orders.ts";
import type { LoadScenario, Round } from "../scenario.ts";
import { holdForShoppers } from "../stock/held-orders.ts";
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
