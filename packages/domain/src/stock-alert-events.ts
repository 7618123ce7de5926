import type { EventRow } from "./event-row.ts";
import type { Actor, LocationId, Sku } from "./ids.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import { availableStock, levelKey } from "./stock-level.ts";
import { count, faultOf, integer, text } from "./stored/record-checks.ts";

/** What events of a level that crosses its threshold say: how it was right after the event that made it cross. */
interface StockAlertEvent {
  /** Of what made it cross. */
  readonly actor: Actor;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly availableStock: number;
  readonly lowStockThreshold: number;
}

/** No more units are available than the level's threshold. */
export interface StockLow extends StockAlertEvent {
  readonly type: "StockLow";
}

/** No unit is available. */
export interface StockOut extends StockAlertEvent {
  readonly type: "StockOut";
}

/** A level that was low or out is so no more. One that was out may still be low. */
export interface StockBack extends StockAlertEvent {
  readonly type: "StockBack";
}

type AlertEvent = StockLow | StockOut | StockBack;

const fault = faultOf<StockAlertEvent>("an alert of stock", {
  actor: text,
  sku: text,
  locationId: text,
  availableStock: integer,
  lowStockThreshold: count,
});

/** It says what the movement before it came to, which moved the level and what it is called. */
function alertEvent<E extends AlertEvent>(reason: string): EventRow<E> {
  return { changes: () => ({}), moves: () => [], cause: ({ actor }) => ({ reason, actor }), fault };
}

export const stockAlertEvents = {
  StockLow: alertEvent<StockLow>("stock_low"),
  StockOut: alertEvent<StockOut>("stock_out"),
  StockBack: alertEvent<StockBack>("stock_back"),
};

/** What follows from an event's changes for readers who watch thresholds: of each level one event at most, in order of its movements. */
export function alertsOf({ levels }: Snapshot, changes: Changes, actor: Actor): readonly AlertEvent[] {
  let alerts: AlertEvent[] | undefined;
  for (const after of changes.levels ?? []) {
    const { sku, locationId, stockAlert, lowStockThreshold } = after;
    // Almost every level is one that has no threshold. A threshold that was taken away is said by LevelChanged.
    if (lowStockThreshold === undefined) continue;
    const was = levels.get(levelKey(sku, locationId))?.stockAlert;
    if (stockAlert === was) continue;
    const type = stockAlert === "OUT" ? "StockOut" : was === undefined ? "StockLow" : "StockBack";
    alerts ??= [];
    alerts.push({ type, actor, sku, locationId, availableStock: availableStock(after), lowStockThreshold });
  }
  return alerts ?? noAlerts;
}

const noAlerts: readonly AlertEvent[] = [];
