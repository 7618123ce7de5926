import {
  type ExpireOrder,
  type Failure,
  type Instant,
  type OrderId,
  type Result,
  reservationIdOf,
  workerActor,
} from "@holdfast/domain";
import {
  type DueHold,
  type Logger,
  Outage,
  OutageLog,
  type Queries,
  type ReservationCache,
  systemTimers,
  type Timers,
  UnreadableLog,
} from "@holdfast/engine";
import { expiryLimits } from "./expiry-limits.ts";

export interface SweepParts {
  readonly queries: Pick<Queries, "now" | "dueHolds" | "nextExpiry">;
  readonly submit: (command: ExpireOrder) => Promise<Result<unknown, Failure>>;
  readonly cache: Pick<ReservationCache, "alive">;
  readonly logger: Logger;
  readonly timers?: Timers;
  /** Holds read at a time. */
  readonly pageSize?: number;
  /** How far ahead it looks for the next hold that runs out: until the next round, which comes anyway. Milliseconds. */
  readonly horizonMs?: number;
}

/** What one sweep came to. */
export interface SweepReport {
  /** Orders whose hold was over, and that have ended: by this sweep, or by someone quicker. */
  readonly released: number;
  /** How long the longest overdue of them was. Milliseconds by the store's clock. */
  readonly lateMsMax: number;
  /** When there is something to do next, in milliseconds from now; `undefined` where nothing is before the next round. */
  readonly lookAgainMs: number | undefined;
}

/** Looks at every hold that is due now, once. Between two commits it stops if told so. */
export type Sweep = (stop?: AbortSignal) => Promise<SweepReport>;

/**
 * The sweep: finds holds whose time has come by the store's clock, and asks for each to be released. It decides
 * nothing: the rule looks at the time again within the transaction, so a hold never ends early.
 *
 * Rejects where the store is away; what was released until then stays so.
 */
export function expirySweep(parts: SweepParts): Sweep {
  const { queries, submit, cache, logger, timers = systemTimers, pageSize = expiryLimits.pageSize } = parts;
  const { horizonMs = expiryLimits.sweepIntervalMs } = parts;
  const logs: SweepLogs = {
    unreadable: new UnreadableLog(logger, timers),
    stuck: new OutageLog(logger, stuckTexts, { now: () => timers.now() }),
  };
  return async (stop) => {
    const now = await queries.now();
    const readAt = timers.now();
    const horizon = (now + horizonMs) as Instant;
    const seen = new Set<OrderId>();
    // Due holds that this sweep does not end: they come first in every page after.
    let left = 0;
    let released = 0;
    let lateMsMax = 0;
    let lookAgainAt = Number.POSITIVE_INFINITY;

    const goesOn = () => stop?.aborted !== true;
    while (goesOn()) {
      const page = await queries.dueHolds(now, pageSize + left);
      const fresh = page.filter(({ orderId }) => !seen.has(orderId));
      if (fresh.length === 0) break;
      for (const { orderId } of fresh) seen.add(orderId);

      const { due, alive } = await splitByCache(fresh, now, cache);
      for (const { expiresAt } of alive) {
        const graceEnds = expiresAt + expiryLimits.aliveGraceMs;
        lookAgainAt = Math.min(lookAgainAt, graceEnds, now + expiryLimits.aliveLookAgainMs);
      }
      left += fresh.length;
      for (let from = 0; from < due.length && goesOn(); from += expiryLimits.commitSize) {
        const ended = await release(due.slice(from, from + expiryLimits.commitSize), submit, logs);
        released += ended.length;
        left -= ended.length;
        for (const { expiresAt } of ended) lateMsMax = Math.max(lateMsMax, now - expiresAt);
      }
      // What comes behind is younger still: it can wait for the same look.
      if (alive.length === fresh.length) break;
    }

    lookAgainAt = Math.min(lookAgainAt, (await queries.nextExpiry(now, horizon)) ?? Number.POSITIVE_INFINITY);
    // The store's clock has gone on meanwhile, as ours has.
    const lookAgainMs = lookAgainAt - now - (timers.now() - readAt);
    return { released, lateMsMax, lookAgainMs: lookAgainAt < Number.POSITIVE_INFINITY ? lookAgainMs : undefined };
  };
}

/** The double check: a hold that has only just ended, and that the cache still shows alive, is left for a later look. */
async function splitByCache(
  holds: readonly DueHold[],
  now: Instant,
  cache: SweepParts["cache"],
): Promise<{ due: DueHold[]; alive: DueHold[] }> {
  // Only the first hold of an order can be due: a late payment makes a second one, and confirms it in the same step.
  const idOf = ({ orderId }: DueHold) => reservationIdOf(orderId, 1);
  const recent = holds.filter(({ expiresAt }) => now - expiresAt < expiryLimits.aliveGraceMs);
  const shownAlive = await cache.alive(recent.map(idOf));
  const alive = recent.filter((hold) => shownAlive.has(idOf(hold)));
  const left = new Set(alive);
  return { due: holds.filter((hold) => !left.has(hold)), alive };
}

/** What each sweep meets again, logged once and then counted. */
interface SweepLogs {
  readonly unreadable: UnreadableLog;
  /** Holds whose release runs into a bug: they stay due. */
  readonly stuck: OutageLog;
}

const stuckTexts = { failing: "due holds could not be released", over: "no due hold is stuck any more" };

/** Asks for all at once, so that they share a commit. Gives those that have ended; throws the first outage. */
async function release(
  holds: readonly DueHold[],
  submit: SweepParts["submit"],
  { unreadable, stuck }: SweepLogs,
): Promise<readonly DueHold[]> {
  const answers = await Promise.allSettled(
    holds.map(({ orderId }) => submit({ type: "ExpireOrder", actor: workerActor, orderId })),
  );
  const ended: DueHold[] = [];
  let outage: Outage | undefined;
  for (const [index, hold] of holds.entries()) {
    const answer = answers[index];
    if (answer?.status === "fulfilled") {
      if (answer.value.ok) ended.push(hold);
      // It holds its stock until somebody has mended it. All others go on.
      else if (answer.value.failure.code === "record_unreadable") unreadable.see(answer.value.failure);
      // Otherwise not due after all, because the store's clock was set back. It will be due again.
    } else if (answer?.reason instanceof Outage) {
      outage ??= answer.reason;
    } else {
      stuck.failed({ orderId: hold.orderId, err: answer?.reason });
    }
  }
  if (outage !== undefined) throw outage;
  stuck.worked();
  return ended;
}
