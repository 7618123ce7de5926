import type { Command, Failure, Instant, Result } from "@holdfast/domain";
import {
  type Logger,
  Outage,
  OutageLog,
  type Queries,
  systemTimers,
  type Timers,
  UnreadableLog,
} from "@holdfast/engine";
import type { Job, Rest } from "./background-loop.ts";
import type { DueItem, DueKind } from "./due-kind.ts";
import { schedulerLimits } from "./scheduler-limits.ts";

export interface SweepParts {
  /** The store's clock. */
  readonly queries: Pick<Queries, "now">;
  readonly submit: (command: Command) => Promise<Result<unknown, Failure>>;
  readonly logger: Logger;
  readonly timers?: Timers;
  /** From the beginning of a sweep to that of the next one, at most. Milliseconds. */
  readonly intervalMs?: number;
  /** Items read at a time. */
  readonly pageSize?: number;
  /** Called after each sweep that has handled something. Must not throw. */
  readonly observe?: (report: SweepReport) => void;
}

/** What one sweep came to. */
export interface SweepReport extends Rest {
  /** Items that were handled, by this sweep or by a quicker process. */
  readonly handled: number;
  /** How long the longest overdue of them was. Milliseconds by the store's clock. */
  readonly lateMsMax: number;
}

/** What a sweep has found and done so far. */
interface Progress {
  handled: number;
  lateMsMax: number;
  /** When to look again at an item that was left alone. */
  lookAgainAt: number;
}

/**
 * The sweep of one kind: finds what is due by the store's clock, the longest overdue first, and asks for each item's command. It
 * decides nothing: the rule looks at the time again within the transaction, so nothing ends early.
 *
 * It rests until the next item falls due, at most until the next round. It fails when the store is away; what it has handled by then
 * stays handled. It can be stopped between two commits.
 */
export function dueSweep(kind: DueKind, parts: SweepParts): Job<SweepReport> {
  const { queries, logger, timers = systemTimers, intervalMs = schedulerLimits.sweepIntervalMs, observe } = parts;
  const seeTo = seeingTo(kind, parts, timers);
  return {
    name: kind.name,
    async work(stop) {
      const began = timers.now();
      const now = await queries.now();
      const readAt = timers.now();
      const done = await sweep(kind, now, { seeTo, stop, pageSize: parts.pageSize ?? schedulerLimits.duePageSize });
      const next = await kind.next(now, (now + intervalMs) as Instant);
      const wakeAt = Math.min(done.lookAgainAt, next ?? Number.POSITIVE_INFINITY);
      // The store's clock has moved on meanwhile, as ours has.
      const untilWakeMs = wakeAt - now - (timers.now() - readAt);
      const untilRoundMs = began + intervalMs - timers.now();
      const restMs = Math.max(Math.min(untilWakeMs, untilRoundMs), schedulerLimits.sweepRestMsMin);
      const report = { handled: done.handled, lateMsMax: done.lateMsMax, restMs };
      if (report.handled > 0) {
        logger.debug({ ...report, kind: kind.name }, "saw to what was due");
        observe?.(report);
      }
      return report;
    },
  };
}

interface SweepStep {
  readonly seeTo: (items: readonly DueItem[]) => Promise<readonly DueItem[]>;
  readonly stop: AbortSignal;
  readonly pageSize: number;
}

/** Looks at every item that is due now, once. */
async function sweep(kind: DueKind, now: Instant, { seeTo, stop, pageSize }: SweepStep): Promise<Progress> {
  const progress: Progress = { handled: 0, lateMsMax: 0, lookAgainAt: Number.POSITIVE_INFINITY };
  const seen = new Set<string>();
  // Due items that this sweep does not end: they come first in every page after.
  let left = 0;
  while (!stop.aborted) {
    const page = await kind.due(now, pageSize + left);
    const fresh = page.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) break;
    for (const { id } of fresh) seen.add(id);

    const ready = fresh.filter(({ notBefore = now }) => notBefore <= now);
    for (const { notBefore = now } of fresh) {
      if (notBefore > now) progress.lookAgainAt = Math.min(progress.lookAgainAt, notBefore);
    }
    left += fresh.length;
    for (let from = 0; from < ready.length && !stop.aborted; from += schedulerLimits.commitSize) {
      const ended = await seeTo(ready.slice(from, from + schedulerLimits.commitSize));
      progress.handled += ended.length;
      left -= ended.length;
      for (const { dueAt } of ended) progress.lateMsMax = Math.max(progress.lateMsMax, now - dueAt);
    }
    // Everything behind this page is younger, and can wait for the same look.
    if (ready.length === 0) break;
  }
  return progress;
}

/**
 * Asks for all commands at once, so that they share a commit. Gives the items that have ended; throws the first outage. What each
 * sweep meets again is logged once and then counted: records that cannot be read, and items that run into a bug and stay due.
 */
function seeingTo({ name }: DueKind, { submit, logger }: SweepParts, timers: Timers): SweepStep["seeTo"] {
  const unreadable = new UnreadableLog(logger, timers);
  const texts = {
    failing: `${name}: some of what is due could not be seen to`,
    over: `${name}: nothing due is stuck any more`,
  };
  const stuck = new OutageLog(logger, texts, { now: () => timers.now() });
  return async (items) => {
    const answers = await Promise.allSettled(items.map(({ command }) => submit(command)));
    const ended: DueItem[] = [];
    let outage: Outage | undefined;
    for (const [index, item] of items.entries()) {
      const answer = answers[index];
      if (answer?.status === "fulfilled") {
        if (answer.value.ok) ended.push(item);
        // It stays due until a person has repaired it. All others go on.
        else if (answer.value.failure.code === "record_unreadable") unreadable.see(answer.value.failure);
        // Else it is not due after all: the store's clock was set back. It will be due again.
      } else if (answer?.reason instanceof Outage) {
        outage ??= answer.reason;
      } else {
        stuck.failed({ id: item.id, err: answer?.reason });
      }
    }
    if (outage !== undefined) throw outage;
    stuck.worked();
    return ended;
  };
}
