import { simulate } from "../simulate.ts";
import type { Planted } from "../world.ts";

/** The first seed, from 1 on, that finds a planted bug, and its finding; `undefined` if none does. */
export async function findBug(
  planted: Planted,
  seedsMax: number,
): Promise<{ readonly seed: number; readonly violation: string } | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const [violation] = (await simulate(seed, { planted })).violations;
    if (violation !== undefined) return { seed, violation };
  }
  return undefined;
}
