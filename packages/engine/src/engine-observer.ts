import type { Commit } from "./ports/store.ts";

/** How a commit can end. */
export const commitKinds = ["committed", "not_committed", "unknown"] as const satisfies readonly Commit["kind"][];

/** Why a command is turned away before it is decided. */
export const shedReasons = ["queue_full", "waited_too_long", "closing"] as const;
export type ShedReason = (typeof shedReasons)[number];

/** A transaction that is over. */
export interface SeenCommit {
  readonly kind: Commit["kind"];
  /** Whether it wrote anything: refusals and replays do not. */
  readonly wrote: boolean;
  /** What is wrong with the database, where that is why it was not written. */
  readonly reason: string | undefined;
  readonly commands: number;
  /** How long it took, conflicts included. */
  readonly ms: number;
}

/** Called for metrics: once a commit, and once for each command that is shed. Must not throw. */
export interface EngineObserver {
  committed(commit: SeenCommit): void;
  shed(reason: ShedReason): void;
}

export const nobody: EngineObserver = { committed: () => {}, shed: () => {} };
