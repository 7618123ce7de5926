export { type Adjustment, type AdjustmentReason, adjustmentReasons } from "./adjustment.ts";
export { assert, Bug, unreachable } from "./bug.ts";
export { mergeLines, type Shortfall, type StockLine, shortfalls } from "./cart.ts";
export type { Claim } from "./claim.ts";
export type {
  AdjustStock,
  CancelOrder,
  Command,
  ConfirmOrder,
  CorrectStock,
  CreateProduct,
  ExpireOrder,
  PlaceOrder,
  RecordRefund,
  ReviewLatePayment,
} from "./commands.ts";
export type { Correction } from "./correction.ts";
export { currencies, isCurrency, minorUnitDigits } from "./currencies.ts";
export { decide } from "./decide.ts";
export { type Batch, decideBatch, type Outcome } from "./decide-batch.ts";
export type { Decision, Subject, SubjectOf } from "./decision.ts";
export { addedBy, changedBy, type Write } from "./draft.ts";
export type { Event } from "./events.ts";
export { evolve } from "./evolve.ts";
export { Explainer, type Explanation, type OrderUnits, type Part } from "./explain.ts";
export { type Failure, type FailureCode, failureCodes } from "./failures.ts";
export {
  type Bound,
  boundsOn,
  type HoldBounds,
  type Holder,
  holderKey,
  holdersOf,
  unitsHeldBy,
} from "./hold-bounds.ts";
export type { Holding } from "./holding.ts";
export {
  type Actor,
  type AdjustmentId,
  type CorrectionId,
  type CustomerId,
  type Instant,
  type LocationId,
  mainLocation,
  type OrderId,
  orderOfReservation,
  type Quantity,
  type ReservationId,
  reservationIdOf,
  type Sku,
  slugPattern,
  workerActor,
} from "./ids.ts";
export { type JournalEntry, journalEntryOf } from "./journal.ts";
export type { JournalRecord } from "./journal-record.ts";
export {
  type LatePaymentPolicy,
  latePaymentPolicies,
  type Review,
  type ReviewDecision,
  reviewDecisions,
} from "./late-payment.ts";
export { levelChanges } from "./level-changes.ts";
export { limits } from "./limits.ts";
export type { Money } from "./money.ts";
export { balanceAfter, type Movement, movementsOf, readFolded } from "./movements.ts";
export { type LevelName, type Needs, needs, type OrderNeeds, orderNeeds } from "./needs.ts";
export {
  asPlaced,
  type Order,
  type OrderLine,
  type OrderStatus,
  orderStatuses,
  reservationOf,
} from "./order.ts";
export {
  type Payment,
  type PaymentOutcome,
  paymentOf,
  paymentOutcomes,
  type Refund,
  soldPayment,
  type UnsoldOutcome,
  unsoldOutcomes,
  unsoldOutcomesOf,
} from "./payment.ts";
export type { Product } from "./product.ts";
export { type Drift, driftOf, sourcesOf, type Tally } from "./reconcile.ts";
export { type Reservation, type ReservationStatus, reservationStatuses } from "./reservation.ts";
export { fail, type Result, succeed } from "./result.ts";
export { type Changes, type Loaded, type Snapshot, snapshotOf } from "./snapshot.ts";
export {
  availableStock,
  emptyLevel,
  type LevelChange,
  levelKey,
  type StockFigures,
  type StockLevel,
} from "./stock-level.ts";
export { isClaimIfThere, isInstant, isInteger } from "./stored/field-checks.ts";
export { readAdjustment } from "./stored/read-adjustment.ts";
export { readCorrection } from "./stored/read-correction.ts";
export { readHolding } from "./stored/read-holding.ts";
export { instantOfEntry, readJournalEntry } from "./stored/read-journal-entry.ts";
export { levelNameOf, readLevel } from "./stored/read-level.ts";
export { readOrder } from "./stored/read-order.ts";
export { readProduct } from "./stored/read-product.ts";
export { isReadable, type Read, type RecordKind, recordKinds, Unreadable } from "./stored/unreadable.ts";
export { type TallySources, tallyOf } from "./tally-of.ts";
