import { assert, Bug } from "./bug.ts";
import type { Actor, AdjustmentId, CorrectionId, Instant, OrderId } from "./ids.ts";
import { type JournalEntry, levelsAtStart } from "./journal.ts";
import type { JournalRecord } from "./journal-record.ts";
import { levelChanges } from "./level-changes.ts";
import type { LevelName } from "./needs.ts";
import { type LevelChange, levelKey, move, type StockLevel } from "./stock-level.ts";
import { type Read, Unreadable } from "./stored/unreadable.ts";

const orderReasons = {
  OrderPlaced: "order_placed",
  OrderConfirmed: "order_confirmed",
  OrderCancelled: "order_cancelled",
  OrderExpired: "order_expired",
  LatePaymentAccepted: "late_payment_accepted",
  LatePaymentRefused: "late_payment_refused",
  LatePaymentReferred: "late_payment_referred",
  LatePaymentApproved: "late_payment_approved",
  LatePaymentRejected: "late_payment_rejected",
  ExpiredOrderCancelled: "expired_order_cancelled",
  SurplusPaymentRecorded: "surplus_payment_recorded",
  PaymentRefunded: "payment_refunded",
} as const;

/** One change of one stock level, with its reason, actor and balances after. */
export interface Movement {
  readonly at: Instant;
  /** An adjustment's reason, what happened to the order, or `corrected`. */
  readonly reason: string;
  readonly actor: Actor;
  readonly orderId?: OrderId;
  readonly adjustmentId?: AdjustmentId;
  readonly correctionId?: CorrectionId;
  /** The shop's own id for the cause; of a correction, the reviewer's words. */
  readonly reference?: string;
  readonly change: LevelChange;
  /** The balances after it. Its `version` numbers the movements of this level without a gap. */
  readonly after: StockLevel;
}

/** The movements of one commit, oldest first: its records folded over the levels it started from. */
export function movementsOf(entry: JournalEntry): Movement[] {
  const levels = levelsAtStart(entry);
  const movements: Movement[] = [];
  for (const record of entry.records) {
    for (const change of levelChanges(record)) {
      const key = levelKey(change.sku, change.locationId);
      const before = levels.get(key);
      assert(before !== undefined, `journal entry ${entry.id} moves a level it does not name`);
      const after = move(before, change);
      levels.set(key, after);
      movements.push({ at: entry.at, ...causeOf(record), change, after });
    }
  }
  return movements;
}

function causeOf(record: JournalRecord): Omit<Movement, "at" | "change" | "after"> {
  if (record.type === "StockAdjusted") {
    const { id, reason, reference, actor } = record.adjustment;
    return { reason, actor, adjustmentId: id, ...(reference === undefined ? {} : { reference }) };
  }
  if (record.type === "StockCorrected") {
    const { id, reason, actor } = record.correction;
    return { reason: "corrected", actor, correctionId: id, reference: reason };
  }
  if (record.type === "ProductCreated") return { reason: "created", actor: record.actor };
  return { reason: orderReasons[record.type], actor: record.actor, orderId: record.orderId };
}

/**
 * What folding an entry gives. An entry whose figures do not follow from one another cannot be read either: each of its
 * events was possible when it was written.
 */
export function readFolded<Value>(entry: JournalEntry, fold: (entry: JournalEntry) => Value): Read<Value> {
  try {
    return fold(entry);
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    return new Unreadable("journal_entry", entry.id, error.message);
  }
}

/** A level as a journal entry that names it left it. */
export function balanceAfter(entry: JournalEntry, level: LevelName): Read<StockLevel> {
  return readFolded(entry, () => balanceOf(entry, level));
}

function balanceOf(entry: JournalEntry, { sku, locationId }: LevelName): StockLevel {
  const level = levelsAtStart(entry).get(levelKey(sku, locationId));
  assert(level !== undefined, `journal entry ${entry.id} does not name ${sku} at ${locationId}`);
  const last = movementsOf(entry).findLast(({ after }) => after.sku === sku && after.locationId === locationId);
  return last?.after ?? level;
}
