const pollMs = 1000;
const awayMsMax = 10_000;

/** How long to wait before the server is asked again, after so many failures in a row. Milliseconds. */
export function pollDelay(failures: number): number {
  if (failures === 0) return pollMs;
  return Math.min(awayMsMax, pollMs * 2 ** (failures - 1));
}
