import type { CommandModule } from "../command-module.ts";
import { accept, type Decision, refuse } from "../decision.ts";
import type { Actor, LocationId, Sku } from "../ids.ts";
import type { Snapshot } from "../snapshot.ts";
import { availableStock, emptyLevel, type LevelSettings, levelKey } from "../stock-level.ts";

/** Sets what a shop keeps back of a level, or when it is low. What is left out stays. */
export interface ChangeLevel {
  readonly type: "ChangeLevel";
  readonly actor: Actor;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly safetyStock?: number;
  /** `null`: it is never low. */
  readonly lowStockThreshold?: number | null;
  /** The settings that the caller has seen. Left out: whichever they are. */
  readonly ifSettings?: LevelSettings;
}

/**
 * What is promised stays promised: no more can be kept back than is available. A change that is there already is a repeat, whatever it
 * rests on: the first answer may have been lost.
 */
export const changeLevel: CommandModule<ChangeLevel, "levels"> = {
  reads: ({ sku, locationId }) => ({ products: [sku], locations: [locationId], levels: [levelKey(sku, locationId)] }),
  subject: { of: "levels", keyOf: ({ sku, locationId }) => levelKey(sku, locationId) },
  decide,
};

function decide(snapshot: Snapshot, command: ChangeLevel): Decision {
  const { sku, locationId, actor, ifSettings } = command;
  if (!snapshot.products.has(sku)) return refuse({ code: "product_not_found", skus: [sku] });
  if (!snapshot.locations.has(locationId)) return refuse({ code: "location_not_found", locationIds: [locationId] });
  const found = snapshot.levels.get(levelKey(sku, locationId));
  const level = found ?? emptyLevel(sku, locationId);
  const settings = settingsAfter(level, command);
  if (found !== undefined && isSame(settings, level)) return accept();
  if (ifSettings !== undefined && !isSame(ifSettings, level)) {
    return refuse({ code: "level_changed", sku, locationId, version: level.version });
  }
  const available = availableStock(level);
  const requested = settings.safetyStock - level.safetyStock;
  if (requested > Math.max(0, available)) {
    return refuse({ code: "stock_promised", sku, locationId, requested, available });
  }
  return accept({ type: "LevelChanged", actor, sku, locationId, ...settings });
}

function settingsAfter(level: LevelSettings, command: ChangeLevel): LevelSettings {
  const { safetyStock = level.safetyStock, lowStockThreshold = level.lowStockThreshold ?? null } = command;
  return { safetyStock, ...(lowStockThreshold !== null && { lowStockThreshold }) };
}

function isSame(one: LevelSettings, other: LevelSettings): boolean {
  return one.safetyStock === other.safetyStock && one.lowStockThreshold === other.lowStockThreshold;
}
