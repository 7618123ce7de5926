export { hashOfApiKey, looksLikeApiKey } from "./api-key.ts";
export { type ApiKeyCreation, createApiKey } from "./create-api-key.ts";
export type { Database } from "./database.ts";
export { type Answer, Engine, type EngineParts, type Submitted } from "./engine.ts";
export { type EngineLimits, engineLimits } from "./engine-limits.ts";
export { commitKinds, type EngineObserver, type ShedReason, shedReasons } from "./engine-observer.ts";
export { everyTally } from "./every-tally.ts";
export { explainLevel } from "./explain-level.ts";
export { type FeedPlace, feedPage, feedStart, type PlacedEvent } from "./feed-page.ts";
export { type AfterCommit, holdHints } from "./hints.ts";
export { idsByTime } from "./ids-by-time.ts";
export { type MovementPlace, movementPage, type PlacedMovement } from "./movement-page.ts";
export { Misconfigured, openWhenThere } from "./open-when-there.ts";
export { OutageLog } from "./outage-log.ts";
export { Outage, OutcomeUnknown, Overloaded, Unavailable } from "./outages.ts";
export type { ApiKeyId, ApiKeyRecord, ApiKeys, LiveApiKeys } from "./ports/api-keys.ts";
export { type Clock, systemClock } from "./ports/clock.ts";
export type { ExpiryWakeups, WakeupListener } from "./ports/expiry-wakeups.ts";
export type {
  DueHold,
  FeedEnd,
  FeedEntry,
  FeedEpoch,
  JournalPlace,
  OrderFilter,
  Paging,
  Queries,
  StockedProduct,
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
export { StoreTime } from "./store-time.ts";
export { observers, WriteHealth } from "./write-health.ts";
