/** The result of a load, as its clients saw it. Times are in milliseconds. */
export interface Measurement {
  /** Expected answers. */
  readonly expected: number;
  readonly errors: number;
  /** Requests under way at the end, whose answers were not read. */
  readonly unread: number;
  /** Expected answers a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Processor time of the generator per request, if it was counted. */
  readonly generatorMicroseconds?: number;
}

/** The time within which this share of the answers came. */
export function shareOf(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Percentiles of times, which need not be sorted. */
export function latencyOf(tookMs: readonly number[]): Pick<Measurement, "p50" | "p99" | "slowest"> {
  const sorted = Float64Array.from(tookMs).sort();
  return { p50: shareOf(sorted, 0.5), p99: shareOf(sorted, 0.99), slowest: shareOf(sorted, 1) };
}
