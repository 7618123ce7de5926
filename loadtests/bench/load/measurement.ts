/** What a load came to, as its clients saw it. Times are milliseconds. */
export interface Measurement {
  /** Answers that were as they should be. */
  readonly expected: number;
  readonly errors: number;
  /** Requests under way at the end, whose answers nobody read. */
  readonly unread: number;
  /** Expected answers a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Processor time that the generator took for a request, where it has counted it. */
  readonly generatorMicroseconds?: number;
}

/** The time that this share of the answers took at most. */
export function shareOf(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Percentiles of times in any order. */
export function latencyOf(tookMs: readonly number[]): Pick<Measurement, "p50" | "p99" | "slowest"> {
  const sorted = Float64Array.from(tookMs).sort();
  return { p50: shareOf(sorted, 0.5), p99: shareOf(sorted, 0.99), slowest: shareOf(sorted, 1) };
}
