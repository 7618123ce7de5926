import type { Balances } from "@holdfast/domain";
import type { Random } from "../random.ts";

/** An edit of a level by hand. */
export interface Edit {
  readonly key: string;
  readonly change: Partial<Balances>;
}

const figures = [
  "totalStock",
  "totalStock",
  "reservedStock",
  "reservedStock",
  "committedStock",
  "incomingStock",
  "version",
] as const;

/** Changes one figure of one level by a few units, or sets it to zero. There has to be a level. */
export function randomEdit(random: Random, levels: ReadonlyMap<string, Balances>): Edit {
  const [key, level] = random.pick([...levels]);
  const figure = random.pick(figures);
  const off = (level[figure] ?? 0) + random.pick([-6, -3, -1, 1, 3, 6]);
  // Version 0 says that a level was never stocked, which no edit of a figure makes of one that is there.
  const least = figure === "version" ? 1 : 0;
  return { key, change: { [figure]: random.chance(0.4) ? least : Math.max(least, off) } };
}
