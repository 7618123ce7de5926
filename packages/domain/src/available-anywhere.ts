import type { LocationId } from "./ids.ts";
import { availableStock, type Balances } from "./stock-level.ts";

/**
 * Units of a product that an order without a place can get of what is there. `levels`: all of the product's; `inactive`: the places that
 * promise nothing new. A level that owes units takes nothing from the others. Where none has any it is below zero by what all of them owe.
 */
export function availableAnywhere(levels: readonly Balances[], inactive: readonly LocationId[]): number {
  const promising = levels.filter(({ locationId }) => !inactive.includes(locationId)).map(availableStock);
  const there = promising.reduce((sum, units) => sum + Math.max(0, units), 0);
  return there > 0 ? there : promising.reduce((sum, units) => sum + units, 0);
}
