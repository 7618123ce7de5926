import { mainLocation, type Sku } from "@holdfast/domain";
import { adjust, cancel, changeLevel, create, open, place, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What the journal says of a SKU's levels, oldest first. */
async function saidOf(shop: Shop, sku: string): Promise<string[]> {
  const entries = await shop.database.queries.journal(sku as Sku, { limit: 100 });
  const records = entries.toReversed().flatMap((entry) => ("records" in entry ? entry.records : []));
  return records.flatMap((record) => {
    if (record.type !== "StockLow" && record.type !== "StockOut" && record.type !== "StockBack") return [];
    return [`${record.type} ${record.availableStock} at ${record.locationId}`];
  });
}

/** What readers of the feed hear of low stock: a level remembers what was said of it. */
export function describeStockAlerts(withShop: ShopTest): void {
  test(
    "says once that a level is low, out and back, in whichever commits it crosses",
    withShop(async (shop, ask) => {
      await ask(create("tea", 5), changeLevel("tea", { lowStockThreshold: 2 }));
      await ask(place("o1", { tea: 3 }));
      await ask(place("o2", { tea: 1 }));
      await ask(place("o3", { tea: 1 }));
      expect(await saidOf(shop, "tea")).toEqual(["StockLow 2 at main", "StockOut 0 at main"]);
      // A cart of a rush comes and goes.
      await ask(cancel("o2"));
      await ask(place("o4", { tea: 1 }));
      await ask(adjust("a1", "tea", 1));
      await ask(adjust("a2", "tea", 4));
      expect((await saidOf(shop, "tea")).slice(2)).toEqual(["StockBack 1 at main", "StockBack 5 at main"]);
      expect([await shop.stock("tea"), await shop.drift()]).toEqual(["10/5/0/5", []]);
    }),
  );

  test(
    "watches each level for itself, from when it has a threshold until it has none",
    withShop(async (shop, ask) => {
      await ask(create("tea", 2), create("cup", 1), open("berlin"), place("o1", { cup: 1 }));
      await ask(changeLevel("tea@berlin", { lowStockThreshold: 0 }), changeLevel("tea", { lowStockThreshold: 4 }));
      await ask(changeLevel("tea", { lowStockThreshold: null }));
      await ask(place("o2", { tea: 2 }));
      await ask(changeLevel("tea", { lowStockThreshold: 1 }));
      expect(await saidOf(shop, "tea")).toEqual(["StockOut 0 at berlin", "StockLow 2 at main", "StockOut 0 at main"]);
      expect(await saidOf(shop, "cup")).toEqual([]);
      const product = await shop.database.queries.product("tea" as Sku);
      const main = product?.levels.find(({ locationId }) => locationId === mainLocation);
      expect(main).not.toHaveProperty("stockAlert");
    }),
  );
}
