import { setTimeout as wait } from "node:timers/promises";
import type { Sku } from "@holdfast/domain";
import type { Queries } from "@holdfast/engine";
import type { Breach } from "../../audit/breach.ts";

const lookEveryMs = 100;

/** Waits until no unit of a SKU is held. A breach if one still is at `deadline` (milliseconds since 1970). */
export async function waitUntilReleased(
  queries: Pick<Queries, "product">,
  sku: string,
  deadline: number,
): Promise<Breach[]> {
  for (;;) {
    const product = await queries.product(sku as Sku);
    const held = product?.levels.reduce((units, { reservedStock }) => units + reservedStock, 0) ?? 0;
    if (held === 0) return [];
    if (Date.now() > deadline) return [{ rule: "no leak", says: `${sku}: ${held} units are still held` }];
    await wait(lookEveryMs);
  }
}
