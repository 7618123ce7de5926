import type { Commit } from "./ports/store.ts";

/** How a commit can end. */
export const commitKinds = ["committed", "not_committed", "unknown"] as const satisfies readonly Commit["kind"][];

/** Why a command is turned away before it is decided. */
export const shedReasons = ["queue_full", "waited_too_long", "closing"] as const;
export type ShedReason = (typeof shedReasons)[number];

/** Told of what an engine does, for metrics: once a commit, and once a command that is shed. Must not throw. */
export interface EngineObserver {
  /** A transaction is over. `ms`: how long it took, conflicts included. */
  committed(commit: { readonly kind: Commit["kind"]; readonly commands: number; readonly ms: number }): void;
  shed(reason: ShedReason): void;
}

export const nobody: EngineObserver = { committed: () => {}, shed: () => {} };
