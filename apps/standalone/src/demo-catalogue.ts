import type { Actor, AdjustmentId, Sku } from "@holdfast/domain";
import type { Engine, Queries } from "@holdfast/engine";

/** Products that are sold out, scarce and plentiful. Prices in euro cents. */
const catalogue = [
  ["tea-green", "Green tea, 100 g", 650, 120],
  ["tea-oolong", "Oolong tea, 100 g", 1_190, 40],
  ["cup-white", "White cup", 1_400, 25],
  ["kettle", "Gooseneck kettle", 6_900, 8],
  ["timer", "Sand timer, 3 minutes", 900, 1],
  ["pot-limited", "Tea pot, limited edition", 14_900, 0],
] as const;

/** Fills a shop, unless it already has a product. @returns whether it did */
export async function fillEmptyShop(
  engine: Pick<Engine, "submit">,
  queries: Queries,
  newId: () => string,
): Promise<boolean> {
  if ((await queries.products({ limit: 1 })).length > 0) return false;
  const created = catalogue.map(([sku, name, amount, totalStock]) =>
    engine.submit({
      type: "CreateProduct",
      actor: "demo" as Actor,
      sku: sku as Sku,
      name,
      price: { amount, currency: "EUR" },
      totalStock,
      adjustmentId: `adj_${newId()}` as AdjustmentId,
    }),
  );
  await Promise.all(created);
  return true;
}
