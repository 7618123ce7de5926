import type { Command, Instant } from "@holdfast/domain";

/** Something whose time has come, or had come when it was read. */
export interface DueItem {
  /** Tells it from the others of its kind. */
  readonly id: string;
  readonly dueAt: Instant;
  /** The command that handles it. The rule checks the time again inside the transaction, so an early command does no harm. */
  readonly command: Command;
  /** Leave it alone until then, although it is due. */
  readonly notBefore?: Instant;
}

/**
 * A kind of thing that falls due at an instant, and the command that handles it then. To add a kind, declare it and name it where the
 * worker is put together: the sweep, its loop, back-off and metrics are shared.
 */
export interface DueKind {
  /** Names its loop in the log and in metrics. */
  readonly name: string;
  /** What is due at `now`, at most `limit` of it, the longest overdue first. */
  due(now: Instant, limit: number): Promise<readonly DueItem[]>;
  /** The first instant behind `after`, and no later than `until`, at which something falls due; `undefined` where nothing does. */
  next(after: Instant, until: Instant): Promise<Instant | undefined>;
}
