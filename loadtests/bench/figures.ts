/**
 * All figures that a round can have, with their units. `rate` is the main figure of a scenario, which says in `counts` what it counts.
 */
export const figures = {
  rate: { unit: "/s", says: "answered as they should be" },
  p50: { unit: "ms", says: "half of the answers took at most" },
  p99: { unit: "ms", says: "99 of 100 answers took at most" },
  slowest: { unit: "ms", says: "the slowest answer" },
  hotRate: { unit: "/s", says: "orders of one SKU, placed and left alone, in the same round" },
  spreadRate: { unit: "/s", says: "orders over 500 SKUs, in the same round" },
  namedRate: { unit: "/s", says: "the same orders, whose lines name their places, in the same round" },
  guestRate: { unit: "/s", says: "the same orders without a customer, in the same round" },
  placingRate: { unit: "/s", says: "orders of one SKU, placed in the same round" },
  latenessP99: { unit: "ms", says: "99 of 100 holds ended at most so long after their time, in steady state" },
  aloneRate: { unit: "/s", says: "orders of one SKU without readers of the feed, in the same round" },
  aloneP99: { unit: "ms", says: "99 of 100 answers took at most, without readers of the feed" },
  feedMegabytes: { unit: "MB", says: "of the feed that came to its readers meanwhile" },
  offeredRate: { unit: "/s", says: "requests that were to be sent" },
  sentLateP99: { unit: "ms", says: "99 of 100 requests were sent at most so long after they should have been" },
  restMegabytes: { unit: "MB", says: "resident memory of an installed standalone that is asked nothing" },
  firstStreamsMegabytes: { unit: "MB", says: "resident memory that the first 1,000 idle streams of the feed add" },
  moreStreamsMegabytes: { unit: "MB", says: "resident memory that the next 1,000 idle streams add" },
  fewMegabytes: { unit: "MB", says: "resident memory after the first orders" },
  manyMegabytes: { unit: "MB", says: "resident memory after all orders" },
  npxStartMs: { unit: "ms", says: "`npx -y pnpm@12 start` to its first answer" },
  pnpmStartMs: { unit: "ms", says: "`pnpm start` to its first answer" },
  nodeStartMs: { unit: "ms", says: "`node apps/standalone/src/start.js` to its first answer" },
  processorMicroseconds: { unit: "µs", says: "processor time of all processes for a request, autocannon among them" },
  generatorMicroseconds: { unit: "µs", says: "processor time that autocannon took for a request" },
  k6Rate: { unit: "/s", says: "the same load from k6" },
  k6P99: { unit: "ms", says: "99 of 100 answers took at most, as k6 saw it" },
  k6Microseconds: { unit: "µs", says: "processor time that k6 took for a request" },
} as const satisfies Record<string, { readonly unit: "/s" | "ms" | "MB" | "µs"; readonly says: string }>;

export type FigureName = keyof typeof figures;

export const figureNames = Object.keys(figures) as readonly FigureName[];

export type Figures = Readonly<Partial<Record<FigureName, number>>>;

/** A figure with its unit, as text. */
export function figureText(name: FigureName, value: number): string {
  const { unit } = figures[name];
  return unit === "/s" ? `${digits(value)}/s` : `${digits(value)} ${unit}`;
}

/** Rounds to three digits: a measurement on a shared machine is no more precise. */
export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
