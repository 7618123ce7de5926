import { rowOf } from "./event-rows.ts";
import type { Event } from "./events.ts";
import { keepFold, type StoredLevel } from "./fold.ts";
import { movedHoldings } from "./moved-holdings.ts";
import { movedPurchases } from "./purchases.ts";
import { movedRecount, type Recount } from "./reconcile.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import { emptyLevel, type LevelChange, levelKey, move, noFigures } from "./stock-level.ts";

/**
 * What an event makes of the state: the entities that it adds or replaces, and no others.
 *
 * Pure. Throws `Bug` where the event cannot have happened in this state.
 */
export function evolve(snapshot: Snapshot, event: Event): Changes {
  const { changes, moves } = rowOf(event);
  const made = changes(snapshot, event);
  const moved = moves(event);
  const all: { -readonly [Name in keyof Changes]: Changes[Name] } = { ...made };
  if (moved.length > 0)
    all.levels = moved.map((change) => keepFold(move(levelOf(snapshot, change), change), snapshot, made));
  const holdings = made.orders?.flatMap((order) => movedHoldings(snapshot, order)) ?? [];
  if (holdings.length > 0) all.holdings = holdings;
  const purchases = made.orders?.flatMap((order) => movedPurchases(snapshot, order)) ?? [];
  if (purchases.length > 0) all.purchases = purchases;
  // Only a batch that corrects something has loaded any.
  if (snapshot.recounts.size > 0) all.recounts = movedRecounts(snapshot, event, moved);
  return all;
}

function levelOf({ levels }: Snapshot, { sku, locationId }: LevelChange): StoredLevel {
  return levels.get(levelKey(sku, locationId)) ?? emptyLevel(sku, locationId);
}

/** A correction moves counters back to their sources; whatever else moves a counter moves its source as well. */
function movedRecounts({ recounts }: Snapshot, event: Event, moved: readonly LevelChange[]): Recount[] {
  return moved.flatMap((change) => {
    const recount = recounts.get(levelKey(change.sku, change.locationId));
    if (recount === undefined) return [];
    return [movedRecount(recount, move(recount.level, change), event.type === "StockCorrected" ? noFigures : change)];
  });
}
