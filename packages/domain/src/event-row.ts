import type {
  Actor,
  AdjustmentId,
  CorrectionId,
  FulfilmentId,
  OrderId,
  ReceiptId,
  ReversalId,
  TransferId,
} from "./ids.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import type { LevelChange } from "./stock-level.ts";
import type { Fields } from "./stored/field-checks.ts";

/** Who moved stock, why, and by what. */
export interface Cause {
  /** An adjustment's reason, what happened to the order, or `corrected`. */
  readonly reason: string;
  readonly actor: Actor;
  readonly orderId?: OrderId;
  readonly adjustmentId?: AdjustmentId;
  readonly correctionId?: CorrectionId;
  readonly fulfilmentId?: FulfilmentId;
  readonly reversalId?: ReversalId;
  readonly transferId?: TransferId;
  readonly receiptId?: ReceiptId;
  /** A person's own words on it. */
  readonly note?: string;
  /** The shop's own id for the cause; of a correction, the reviewer's words. */
  readonly reference?: string;
}

/** All that follows from an event. */
export interface EventRow<E, LeftOut extends keyof E = never> {
  /** What the journal leaves out, because the entity's own record says it. */
  readonly leftOut?: LeftOut;
  /** Whether a live reservation begins, changes or ends with it: what caches and wake-ups have to know. */
  readonly reservation?: "begins" | "changes" | "ends";
  /** The entities that it adds or replaces, besides the levels that it moves. Throws `Bug` where it cannot have happened. */
  readonly changes: (snapshot: Snapshot, event: E) => Changes;
  /** What it moves, level by level. */
  readonly moves: (record: Omit<E, LeftOut>) => LevelChange[];
  readonly cause: (record: Omit<E, LeftOut>) => Cause;
  /** What is wrong with it as a journal keeps it, besides its type and actor; `undefined` where nothing is. */
  readonly fault: (record: Fields) => string | undefined;
}
