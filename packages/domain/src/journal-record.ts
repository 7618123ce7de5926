import { type JournalRecord, rowOf } from "./event-rows.ts";
import type { Event } from "./events.ts";
import type { OrderId } from "./ids.ts";
import type { LevelChange } from "./stock-level.ts";

/** The event without what its entity's own record says. */
export function journalRecord(event: Event): JournalRecord {
  const { leftOut } = rowOf(event) as { readonly leftOut?: keyof Event };
  if (leftOut === undefined) return event;
  const { [leftOut]: _leftOut, ...record } = event;
  return record as JournalRecord;
}

/** Whether a live reservation begins, changes or ends with an event; `undefined`: nothing of it. */
export function reservationIn(event: Event): "begins" | "changes" | "ends" | undefined {
  return rowOf(event).reservation;
}

/** What an event moves, level by level. */
export function levelChanges(record: JournalRecord): LevelChange[] {
  return rowOf(record).moves(record as Event);
}

/** The order that an event is about; `undefined` where it is about none. */
export function orderOfRecord(record: JournalRecord): OrderId | undefined {
  return rowOf(record).cause(record as Event).orderId;
}
