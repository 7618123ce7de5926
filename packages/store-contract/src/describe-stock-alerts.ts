import { type LocationId, mainLocation, type Sku } from "@holdfast/domain";
import { readable } from "@holdfast/engine";
import { adjust, cancel, changeLevel, confirm, create, open, place, type Shop } from "@holdfast/testing";
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

  test(
    "lists the levels that are low, page by page and by location, until stock has come",
    withShop(async (shop, ask) => {
      const { queries } = shop.database;
      const low = async (filter = {}, limit = 9, after?: { sku: Sku; locationId: LocationId }) =>
        (await queries.lowLevels(filter, { limit, ...(after && { after }) })).map(readable);
      await ask(create("cup", 3), create("pot", 3), create("tea", 3), open("berlin"), place("o1", { tea: 1 }));
      await ask(
        changeLevel("cup", { lowStockThreshold: 2 }),
        changeLevel("tea", { lowStockThreshold: 2, safetyStock: 1 }),
      );
      await ask(changeLevel("tea@berlin", { lowStockThreshold: 0 }), changeLevel("pot", { lowStockThreshold: 2 }));
      await ask(adjust("a1", "pot", 2, { affects: "CONDITION", reason: "damage" }));
      const names = (levels: readonly { readonly sku: Sku; readonly locationId: LocationId }[]) =>
        levels.map(({ sku, locationId }) => `${sku}@${locationId}`);
      const all = await low();
      expect(names(all)).toEqual(["pot@main", "tea@berlin", "tea@main"]);
      expect(names(await low({ locationId: "berlin" }))).toEqual(["tea@berlin"]);
      expect(names(await low({ locationId: "main" }, 1, all[0]))).toEqual(["tea@main"]);
      await ask(adjust("a2", "tea", 9), changeLevel("pot", { lowStockThreshold: null }));
      expect(names(await low())).toEqual(["tea@berlin"]);
    }),
  );

  test(
    "reads what the newest orders of a SKU took of a level",
    withShop(async (shop, ask) => {
      await ask(create("tea", 9), create("cup", 9), open("berlin"), adjust("a1", "tea@berlin", 9));
      await ask(place("o1", { tea: 1 }), place("o2", { tea: 2, cup: 4 }), place("o3", { cup: 1 }));
      await ask(place("o4", { tea: 3 }, { locationId: "berlin" as LocationId }), confirm("o2"), cancel("o1"));
      const read = async (locationId: string, limit: number) =>
        (
          await shop.database.queries.orderedUnits({ sku: "tea" as Sku, locationId: locationId as LocationId }, limit)
        ).map(({ status, units }) => `${status} ${units}`);
      expect(await read("main", 9)).toEqual(["PENDING_PAYMENT 0", "CONFIRMED 2", "CANCELLED 1"]);
      expect(await read("berlin", 1)).toEqual(["PENDING_PAYMENT 3"]);
      const [newest] = await shop.database.queries.orderedUnits({ sku: "tea" as Sku, locationId: mainLocation }, 1);
      const [order] = await shop.database.queries.orders({ sku: "tea" as Sku }, { limit: 1 });
      expect(order).toMatchObject({ placedAt: newest?.placedAt });
    }),
  );
}
