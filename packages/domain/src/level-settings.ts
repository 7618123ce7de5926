import type { EventRow } from "./event-row.ts";
import type { Actor, LocationId, Sku } from "./ids.ts";
import { type LevelSettings, noFigures } from "./stock-level.ts";
import { count, countIfThere, faultOf, text } from "./stored/record-checks.ts";

/** A shop has set what of a level it keeps back, or when it is low. */
export interface LevelChanged extends LevelSettings {
  readonly type: "LevelChanged";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly locationId: LocationId;
}

const fault = faultOf<Omit<LevelChanged, "type" | "actor">>("a change of a level", {
  sku: text,
  locationId: text,
  safetyStock: count,
  lowStockThreshold: countIfThere,
});

/** It moves no unit, and is a movement all the same: the ledger shows what a shop could promise at each moment. */
export const levelChanged: EventRow<LevelChanged> = {
  changes: () => ({}),
  moves: ({ sku, locationId, safetyStock, lowStockThreshold }) => [
    {
      sku,
      locationId,
      ...noFigures,
      sets: { safetyStock, ...(lowStockThreshold !== undefined && { lowStockThreshold }) },
    },
  ],
  cause: ({ actor }) => ({ reason: "level_changed", actor }),
  fault,
};
