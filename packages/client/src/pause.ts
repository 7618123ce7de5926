/** The first pause between two tries, and the longest, unless Holdfast asks for another one. Milliseconds. */
const pauseMs = { first: 200, most: 5_000 };

/** How long to wait before the next try: as long as the answer asks for, or longer each time, and never all clients at once. */
export function pauseBefore(triesSoFar: number, answer: Response | undefined): number {
  const asked = Number(answer?.headers.get("retry-after") ?? Number.NaN);
  if (asked >= 0) return asked * 1_000 * (1 + Math.random() / 4);
  return Math.min(pauseMs.first * 2 ** (triesSoFar - 1), pauseMs.most) * (0.5 + Math.random() / 2);
}

/** Rejects with the signal's reason where that comes first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}
