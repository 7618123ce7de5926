export {
  type Adjustment,
  type AdjustmentReason,
  type Affected,
  adjustmentReasons,
  affects,
  bookedReasons,
} from "./adjustment.ts";
export { type AllocationPolicy, allocationPolicies, promisingPlaces } from "./allocation.ts";
export { availableAnywhere } from "./available-anywhere.ts";
export { type BackorderLimit, backorderLimitOf, promisable } from "./backorder.ts";
export { assert, Bug, unreachable } from "./bug.ts";
export { mergeLines, type Shortfall, type StockLine, shortfalls } from "./cart.ts";
export type { Claim } from "./claim.ts";
export type { Subject } from "./command-module.ts";
export { type ExtendPolicy, extendPolicies } from "./commands/extend-order.ts";
export { type Command, type CommandOf, commandTypes, type SubjectOf } from "./commands.ts";
export { type Contributed, contributionsOf, levelContributions, partsOf, perUnitOf } from "./contributions.ts";
export type { Correction } from "./correction.ts";
export type { Part } from "./counted.ts";
export { currencies, isCurrency, minorUnitDigits } from "./currencies.ts";
export { type Cover, coverOf, type OrderedUnits, salesReadMax } from "./days-of-cover.ts";
export { decide } from "./decide.ts";
export { type Batch, decideBatch, decideBatchBy, type Outcome, type Rules } from "./decide-batch.ts";
export type { Decision } from "./decision.ts";
export { addedBy, type Change, changedBy, type Write, type Writes } from "./draft.ts";
export {
  type ClaimedName,
  claimedNames,
  claimKeyOf,
  declarationOf,
  type Entities,
  type Entity,
  type EntityName,
  eachClaimed,
  eachEntity,
  entities,
  entityNames,
  type RecordKind,
  recordKinds,
} from "./entities.ts";
export type { Account, Contribution, EntityDeclaration, PerUnit } from "./entity-declaration.ts";
export { eventRows, type JournalRecord } from "./event-rows.ts";
export type { Event } from "./events.ts";
export { evolve } from "./evolve.ts";
export { Explainer } from "./explain.ts";
export type { ArrivedUnits, TransferParts, TransferUnits } from "./explained-transfers.ts";
export type { Explanation, OrderUnits, ReversedUnits, ShippedUnits, UnsellableUnits } from "./explanation.ts";
export { type Failure, type FailureCode, failureCodes } from "./failures.ts";
export {
  addSums,
  type Fold,
  foldLimits,
  foldOn,
  isWorthFolding,
  type Line,
  noSums,
  type StoredLevel,
  type Sums,
  sumsUnder,
  type Through,
} from "./fold.ts";
export type { Fulfilment, PlacedLine } from "./fulfilment.ts";
export type { Holding } from "./holding.ts";
export {
  type Actor,
  type AdjustmentId,
  type CorrectionId,
  type CustomerId,
  type FulfilmentId,
  type Instant,
  type LocationId,
  mainLocation,
  type OrderId,
  orderOfReservation,
  type Quantity,
  type ReceiptId,
  type RepaymentId,
  type ReservationId,
  type ReversalId,
  reservationIdOf,
  type Sku,
  slugPattern,
  type TransferId,
  workerActor,
} from "./ids.ts";
export { type JournalEntry, journalEntryOf } from "./journal.ts";
export { levelChanges, orderOfRecord, reservationIn } from "./journal-record.ts";
export {
  type LatePaymentPolicy,
  latePaymentPolicies,
  type Review,
  type ReviewDecision,
  reviewDecisions,
} from "./late-payment.ts";
export { limits } from "./limits.ts";
export { firstLocation, type Location } from "./location.ts";
export type { Money } from "./money.ts";
export { hasMovedMoney, type MoneyDrift, type MoneyRecords, moneyDriftOf } from "./money-drift.ts";
export { balanceAfter, type Movement, movementsOf, readFolded } from "./movements.ts";
export {
  asPlaced,
  type FirstOrder,
  type FulfilmentStatus,
  fulfilmentStatuses,
  type Order,
  type OrderLine,
  type OrderStatus,
  openQuantity,
  orderStatuses,
  outsideQuantity,
  reservationOf,
} from "./order.ts";
export {
  type DetailsChange,
  type Metadata,
  type MetadataEntry,
  metadataEntries,
  metadataNamePattern,
  metadataSize,
  type OrderDetails,
} from "./order-details.ts";
export { type AtPlaces, placedLines, placeOf } from "./order-places.ts";
export {
  countsAfter,
  isSold,
  type Payment,
  type PaymentCounts,
  type PaymentOutcome,
  paymentCountOf,
  paymentFault,
  paymentKey,
  paymentKeysOf,
  paymentOf,
  paymentOutcomes,
  paymentsOf,
  type Refund,
  type ReportedPayment,
  reportOf,
  type UnsoldOutcome,
  unsoldOutcomes,
  unsoldOutcomesOf,
} from "./payment.ts";
export type { Product } from "./product.ts";
export type { PoliciesChange, ProductPolicies, QuantityBreach } from "./product-policy.ts";
export type { PurchaseExcess, PurchaseLimit } from "./purchase-limit.ts";
export { buyerKey, type Purchase, type Purchases, purchasesIn } from "./purchases.ts";
export { eachOf, ReadPlan, type Reads, readsOf } from "./reads.ts";
export { type Condition, conditions, type Receipt, type ReceiptLine } from "./receipt.ts";
export { type Drift, driftOf, isEnough, type Recount, recountOf, type Trust } from "./reconcile.ts";
export { foldPlainly, type RecountSources, recountPlainly } from "./recount.ts";
export type { Repayment } from "./repayment.ts";
export { type Reservation, type ReservationStatus, reservationStatuses } from "./reservation.ts";
export {
  type Bound,
  boundsOn,
  type Holder,
  holderKey,
  holdersOf,
  type ReservationBounds,
  unitsOf,
} from "./reservation-bounds.ts";
export { fail, type Result, succeed } from "./result.ts";
export {
  type Disposition,
  dispositions,
  type Reversal,
  type ReversalKind,
  type ReversalLine,
  returnDispositions,
  reversalKinds,
} from "./reversal.ts";
export { ShortageReader, type ShortOrder, type ShortTransfer } from "./shortage.ts";
export { type ShownOrder, shownOrder } from "./shown-order.ts";
export { byCodePoint, composed, foldedSku, foldedText, skuFault, skuPattern } from "./sku.ts";
export { type Changes, type Loaded, type Snapshot, snapshotOf } from "./snapshot.ts";
export {
  availableStock,
  type Balances,
  emptyLevel,
  incomingIn,
  type LevelChange,
  type LevelName,
  type LevelSettings,
  levelKey,
  noFigures,
  plainLevel,
  type StockFigures,
  type StockLevel,
  sellableStock,
  shortStock,
  unsellableIn,
} from "./stock-level.ts";
export { isClaimIfThere, isInstant, isInteger } from "./stored/field-checks.ts";
export { instantOfEntry, readJournalEntry } from "./stored/read-journal-entry.ts";
export { levelNameOf, missingLevel, plainRead } from "./stored/read-level.ts";
export { isReadable, type Read, Unreadable } from "./stored/unreadable.ts";
export { figuresOf, noTally, type Tally, tallyNames } from "./tally.ts";
export { type LossReason, lossReasons, type Transfer, type TransferStatus, transferStatuses } from "./transfer.ts";
export { legsOf, openUnits, type TransferLine } from "./transfer-units.ts";
