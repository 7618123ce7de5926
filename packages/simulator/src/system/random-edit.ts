import type { StockLevel } from "@holdfast/domain";
import type { Random } from "../random.ts";

/** What somebody does to a level by hand. */
export interface Edit {
  readonly key: string;
  readonly change: Partial<StockLevel>;
}

const figures = ["totalStock", "totalStock", "reservedStock", "reservedStock", "committedStock", "version"] as const;

/** A mistake in one figure of one level: it is off by a few, or lost. There has to be a level. */
export function randomEdit(random: Random, levels: ReadonlyMap<string, StockLevel>): Edit {
  const [key, level] = random.pick([...levels]);
  const figure = random.pick(figures);
  const off = level[figure] + random.pick([-6, -3, -1, 1, 3, 6]);
  return { key, change: { [figure]: random.chance(0.4) ? 0 : Math.max(0, off) } };
}
