import type { FeedEntry, FeedEpoch, Queries, UnreadableFeedEntry } from "@holdfast/engine";
import type { Job } from "./background-loop.ts";
import { schedulerLimits } from "./scheduler-limits.ts";

/** How far a consumer has come: it has handled everything up to this position, in the feed of this epoch. */
export interface FeedMark {
  readonly epoch: FeedEpoch;
  /** 0: nothing yet. */
  readonly position: number;
}

/** Keeps a consumer's mark. A lost or old one costs repeats, never a gap. */
export interface Checkpoint {
  load(): Promise<FeedMark | undefined>;
  save(mark: FeedMark): Promise<void>;
}

/** Commits of one epoch, by position, without a gap. */
export interface FeedBatch {
  readonly epoch: FeedEpoch;
  readonly entries: readonly (FeedEntry | UnreadableFeedEntry)[];
}

/**
 * Reads the feed from its checkpoint on, for as long as the process runs. To add a consumer, declare it and name it where the worker is
 * put together: the reading, its loop, back-off and metrics are shared.
 */
export interface FeedConsumer {
  /** Names its loop in the log and in metrics. */
  readonly name: string;
  /**
   * Handles commits, in order. Each comes at least once: again where this rejects, and where the process dies before the
   * checkpoint is kept. After a restore of the database the new feed comes from its start. `stop` aborts when the process is to
   * end: it waits for this to settle.
   */
  handle(batch: FeedBatch, stop: AbortSignal): Promise<void>;
  readonly checkpoint: Checkpoint;
}

/** A consumer at work. */
export interface ConsumerJob extends Job {
  /** How far it has come, as it knows itself; `undefined` before its first look. */
  readonly progress: FeedProgress | undefined;
}

export interface FeedProgress {
  readonly position: number;
  /** Commits that are in the feed and not handled yet, when it looked last. */
  readonly behind: number;
}

export interface ConsumerParts {
  readonly queries: Pick<Queries, "feed" | "feedEnd">;
  /** Between two looks at the end of the feed. Milliseconds. */
  readonly intervalMs?: number;
  /** Commits handed over at a time. */
  readonly batchSize?: number;
}

/** Hands the feed to a consumer, a batch a run, and keeps the checkpoint behind what was handled. */
export function feedConsumption(consumer: FeedConsumer, parts: ConsumerParts): ConsumerJob {
  const { queries, intervalMs = schedulerLimits.feedLookMs, batchSize = schedulerLimits.feedBatchSize } = parts;
  const { name, checkpoint } = consumer;
  let mark: FeedMark | undefined;
  let progress: FeedProgress | undefined;
  return {
    name,
    get progress() {
      return progress;
    },
    async work(stop) {
      const last = mark ?? (await checkpoint.load());
      const { epoch, position: end } = await queries.feedEnd(last?.position);
      // Positions mean nothing in another epoch. A mark beyond the end: an older copy of this feed was restored.
      const position = last?.epoch === epoch ? Math.min(last.position, end) : 0;
      // Keep it at once: else commits that arrive before the next batch would seem handled.
      if (last !== undefined && position < last.position) await checkpoint.save({ epoch, position });
      mark = { epoch, position };
      progress = { position, behind: end - position };
      const entries = position < end ? await queries.feed({ after: position, limit: batchSize }) : [];
      const handled = entries.at(-1)?.position;
      if (handled === undefined) return { restMs: intervalMs };
      await consumer.handle({ epoch, entries }, stop);
      await checkpoint.save({ epoch, position: handled });
      mark = { epoch, position: handled };
      progress = { position: handled, behind: Math.max(0, end - handled) };
      return { restMs: handled < end ? 0 : intervalMs };
    },
  };
}
