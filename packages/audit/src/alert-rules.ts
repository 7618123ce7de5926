import type { FeedEvent } from "./api-reader.ts";
import type { Breach } from "./breach.ts";
import type { SkuReading } from "./sku-reading.ts";

type Called = "LOW" | "OUT" | "NEITHER";

/**
 * Checks what the feed says of low stock: each event says what is the case with its own figures, and nothing that was said already. At the
 * end a level with a threshold of which nothing is held is called out just where nothing is available.
 */
export function alertBreaches(
  feed: readonly FeedEvent[],
  readings: readonly Pick<SkuReading, "product">[],
  skus: readonly string[],
): Breach[] {
  const rule = "feed against low stock";
  const breaches: Breach[] = [];
  const called = new Map<string, Called>();
  for (const event of feed) {
    if (!("sku" in event) || !skus.includes(event.sku) || !("locationId" in event)) continue;
    const level = `${event.sku}@${event.locationId}`;
    // Without a threshold nothing is said, and with the next one all begins anew.
    if (event.type === "LevelChanged" && event.lowStockThreshold === undefined) called.delete(level);
    if (event.type !== "StockLow" && event.type !== "StockOut" && event.type !== "StockBack") continue;
    const was = called.get(level) ?? "NEITHER";
    const is = calledBy(event);
    if (
      is === was ||
      (event.type === "StockBack" && was === "NEITHER") ||
      (event.type === "StockLow" && was !== "NEITHER")
    )
      breaches.push({ rule, says: `${event.type} of ${level}, which was ${was}` });
    called.set(level, is ?? was);
    if (is === undefined)
      breaches.push({
        rule,
        says: `${event.type} of ${level} with ${event.availableStock} at a threshold of ${event.lowStockThreshold}`,
      });
  }
  for (const { product } of readings) {
    for (const { locationId, lowStockThreshold, reservedStock, availableStock } of product.levels) {
      if (lowStockThreshold === undefined || reservedStock > 0) continue;
      const is = called.get(`${product.sku}@${locationId}`) ?? "NEITHER";
      if ((is === "OUT") !== availableStock <= 0)
        breaches.push({ rule, says: `${product.sku}@${locationId} has ${availableStock}, and was last called ${is}` });
    }
  }
  return breaches;
}

/** What a level is called from an event on; `undefined` where its figures say otherwise. */
function calledBy({
  type,
  availableStock,
  lowStockThreshold,
}: Extract<FeedEvent, { type: "StockLow" | "StockOut" | "StockBack" }>): Called | undefined {
  const is = availableStock <= 0 ? "OUT" : availableStock <= lowStockThreshold ? "LOW" : "NEITHER";
  if (type === "StockOut") return is === "OUT" ? is : undefined;
  if (type === "StockLow") return is === "LOW" ? is : undefined;
  return is === "OUT" ? undefined : is;
}
