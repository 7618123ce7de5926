import type { Instant } from "@holdfast/domain";

/**
 * Wakes the sweep when a reservation runs out, so that it need not wait for its next round. A hint: a lost wake-up makes an
 * expiry late by at most one sweep interval, and a repeated or early one does no harm.
 */
export interface ExpiryWakeups {
  /** Asks for a wake-up at these instants. Repeats of one second fold. Returns at once. */
  arm(instants: readonly Instant[]): void;
}

export interface WakeupListener {
  /** Calls `wake` at each armed second, until the returned function is called; that waits for a call under way. */
  listen(wake: () => Promise<void>): Promise<() => Promise<void>>;
}
