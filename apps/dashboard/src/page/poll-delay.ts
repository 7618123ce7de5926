const pollMs = 1000;
const awayMsMax = 10_000;

/** Milliseconds until the next round, after `failures` failed ones in a row. */
export function pollDelay(failures: number): number {
  if (failures === 0) return pollMs;
  return Math.min(awayMsMax, pollMs * 2 ** (failures - 1));
}
