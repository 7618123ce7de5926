export { hashOfApiKey, looksLikeApiKey } from "./api-key.ts";
export { type ApiKeyCreation, createApiKey } from "./create-api-key.ts";
export type { Database } from "./database.ts";
export { type Answer, Engine, type EngineParts, type Submitted } from "./engine.ts";
export { type EngineLimits, engineLimits } from "./engine-limits.ts";
export { commitKinds, type EngineObserver, type ShedReason, shedReasons } from "./engine-observer.ts";
export { entityWith } from "./entity-with.ts";
export { eraseCustomer } from "./erase-customer.ts";
export { everyLocation, locationWith } from "./every-location.ts";
export { everyRecount, levelIn } from "./every-recount.ts";
export { explainLevel } from "./explain-level.ts";
export { type FeedPlace, feedPage, feedStart, type PlacedEvent, type ReadableEvent } from "./feed-page.ts";
export { type AfterCommit, reservationHints } from "./hints.ts";
export { idsByTime } from "./ids-by-time.ts";
export { type LowStock, lowStockPage } from "./low-stock-page.ts";
export {
  baseline,
  type DatabaseVersion,
  logStep,
  type Migrated,
  type Migration,
  Migrations,
  stepInWords,
  type UpTo,
  versionAfter,
} from "./migrations.ts";
export { type MovementPlace, movementPage, type PlacedMovement } from "./movement-page.ts";
export { type NewestEntries, newestEntries, newestEntriesRead } from "./newest-entries.ts";
export { Misconfigured, openWhenThere } from "./open-when-there.ts";
export { OutageLog } from "./outage-log.ts";
export { Outage, OutcomeUnknown, Overloaded, RecordUnreadable, readable, Unavailable } from "./outages.ts";
export type { ApiKeyId, ApiKeyRecord, ApiKeys, LiveApiKeys } from "./ports/api-keys.ts";
export { type Clock, systemClock, systemTimers, type Timers } from "./ports/clock.ts";
export type { ExpiryWakeups, WakeupListener } from "./ports/expiry-wakeups.ts";
export type { Folds } from "./ports/folds.ts";
export type { Logger } from "./ports/logger.ts";
export {
  type DueReservation,
  expiriesSearchedMax,
  type FeedEnd,
  type FeedEntry,
  type FeedEpoch,
  type JournalPlace,
  type ListedName,
  type ListFilter,
  type OrderFilter,
  type Paging,
  type ProductPlace,
  type ProductSearch,
  type ProductSort,
  productSorts,
  type Queries,
  type StockedProduct,
  type UnitRange,
  type UnreadableEntry,
  type UnreadableFeedEntry,
  type UnreadableOrder,
  type UnreadableProduct,
} from "./ports/queries.ts";
export type { Allowance, RateLimiter } from "./ports/rate-limiter.ts";
export {
  noReservationCache,
  type ReservationCache,
  type ReservationRecord,
  reservationRecordOf,
} from "./ports/reservation-cache.ts";
export type { Sequencer } from "./ports/sequencer.ts";
export type { Commit, DecideBatch, Store, Transaction } from "./ports/store.ts";
export type { Turn, Turns } from "./ports/turns.ts";
export {
  listedNames,
  type RecordWalk,
  recordsPerRead,
  recordWalks,
  unreadableRecords,
  type WalkedQueries,
} from "./record-walk.ts";
export { type Shortage, shortagePage } from "./shortage-page.ts";
export { paymentKeysIn, readableOrder, shownOrders } from "./shown-orders.ts";
export { productPlaceOf, readableProduct, stockedProduct } from "./stocked-product.ts";
export { StoreTime } from "./store-time.ts";
export { readApiKey } from "./stored-api-key.ts";
export { UnreadableLog } from "./unreadable-log.ts";
export { observers, WriteHealth } from "./write-health.ts";
