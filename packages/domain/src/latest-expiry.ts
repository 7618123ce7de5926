import type { Instant } from "./ids.ts";
import { limits } from "./limits.ts";

/** Until when a reservation may last that begins at an instant, however often it is extended. `holdSecondsMax`: the shop's own bound. */
export function latestExpiry(placedAt: Instant, { holdSecondsMax }: { readonly holdSecondsMax?: number }): Instant {
  return (placedAt + (holdSecondsMax ?? limits.holdSecondsMax) * 1000) as Instant;
}
