import type { Instant } from "./ids.ts";
import { limits } from "./limits.ts";

interface Bounded {
  readonly holdSecondsMax?: number;
}

/** Until when a reservation may last that begins at an instant, however often it is extended: as long as all bounds on it allow. */
export function latestExpiry(placedAt: Instant, ...bounds: readonly Bounded[]): Instant {
  const all = bounds.flatMap(({ holdSecondsMax }) => holdSecondsMax ?? []);
  return (placedAt + Math.min(limits.holdSecondsMax, ...all) * 1000) as Instant;
}
