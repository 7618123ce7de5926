import { secondsLeft } from "./countdown.ts";
import { formatTime } from "./format.ts";
import type { Connection } from "./live-state.ts";
import { useTick } from "./use-tick.ts";

interface AwayBannerProps {
  readonly connection: Extract<Connection, { kind: "away" }>;
  /** When the numbers below were read; `undefined` if there are none yet. */
  readonly readAt: number | undefined;
  readonly onRetry: () => void;
}

/** Says what is wrong, how old the numbers are, and when the next try comes. */
export function AwayBanner({ connection: { reason, retryAt }, readAt, onRetry }: AwayBannerProps) {
  useTick(250);
  const seconds = secondsLeft(retryAt, performance.now());
  return (
    <div class="banner">
      <p role="alert">
        <b>{reason}</b> {readAt !== undefined && `The numbers below are from ${formatTime(readAt)}.`}
      </p>
      <span class="when">{seconds > 0 ? `Next try in ${seconds} s` : "Trying …"}</span>
      <button type="button" onClick={onRetry}>
        Try now
      </button>
    </div>
  );
}
