export {
  BackgroundLoop,
  type Job,
  type LoopTotals,
  type Rest,
  runOutcomes,
  type WatchedLoop,
  type WatchLoop,
} from "./background-loop.ts";
export type { DueItem, DueKind } from "./due-kind.ts";
export { dueSweep, type SweepReport } from "./due-sweep.ts";
export {
  type Checkpoint,
  type ConsumerJob,
  type FeedBatch,
  type FeedConsumer,
  type FeedMark,
  type FeedProgress,
  feedConsumption,
} from "./feed-consumer.ts";
export { InProcessWakeups } from "./in-process-wakeups.ts";
export { reservationExpiry } from "./reservation-expiry.ts";
export { schedulerLimits } from "./scheduler-limits.ts";
