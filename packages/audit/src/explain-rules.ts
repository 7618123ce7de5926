import type { Explanation } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

/** Checks that what is said to make a level's numbers adds up to them. */
export function explanationBreaches(explanation: Explanation): Breach[] {
  const { sku, level, adjustments, held, sold, shipped, cancelled, restocked, unsellable } = explanation;
  const { awaiting, sent, expected, arrived, corrections, unexplained, complete } = explanation;
  const rule = "explained";
  const at = `${sku} at ${level.locationId}`;
  const parts = {
    totalStock: adjustments.sum - shipped.sum + restocked.sum - sent.sum + arrived.sum,
    reservedStock: held.sum + awaiting.sum,
    committedStock: sold.sum - shipped.sum - cancelled.sum,
    unsellableStock: unsellable.sum,
    incomingStock: expected.sum - arrived.sum,
  };
  const breaches: Breach[] = [];
  for (const name of ["totalStock", "reservedStock", "committedStock", "unsellableStock", "incomingStock"] as const) {
    const sum = parts[name] + (corrections.sum[name] ?? 0) + (unexplained[name] ?? 0);
    if (sum !== level[name])
      breaches.push({ rule, says: `${at}: ${name} is ${level[name]}, its parts add up to ${sum}` });
  }
  if (!complete) breaches.push({ rule, says: `${at}: an entry of its journal cannot be read` });
  return breaches;
}
