import type { LoadResult } from "./run-scenario.ts";

/** How many breaches to print. One bug tends to break a promise for every order. */
const breachesMax = 20;

/** Whether the run found nothing wrong. */
export function isClean({ complaints, audit }: LoadResult): boolean {
  return complaints.length === 0 && audit.breaches.length === 0;
}

/** A run in a few readable lines. */
export function loadReport({ name, counts, requestsPerSecond, latency, complaints, audit }: LoadResult): string {
  const { placed, refused, confirmed, cancelled, replayed, gaveUp, unsettled, shed, unexpected } = counts;
  const ms = (value: number) => `${Math.round(value)} ms`;
  const { expiredLateMsMax } = audit;
  const lines = [
    name,
    `  orders     ${placed} placed: ${confirmed} sold, ${cancelled} cancelled; ${replayed} replays`,
    `  refused    ${refused}${gaveUp > 0 ? `; ${gaveUp} shoppers gave up` : ""}${shed > 0 ? `; ${shed} shed` : ""}`,
    `  errors     ${unexpected}${unsettled > 0 ? `; ${unsettled} left open by outages` : ""}`,
    `  requests   ${Math.round(requestsPerSecond)}/s, p50 ${ms(latency.p50)}, p95 ${ms(latency.p95)}, p99 ${ms(latency.p99)}`,
    ...(expiredLateMsMax === undefined ? [] : [`  expiry     at most ${ms(expiredLateMsMax)} late`]),
    `  stock      ${audit.availableStock} left; ${audit.orders} orders, ${audit.movements} movements and ${audit.events} events audited`,
    `  audit      ${audit.breaches.length === 0 ? "ok" : `BREACHED, ${audit.breaches.length} times`}`,
    ...audit.breaches.slice(0, breachesMax).map(({ rule, says }) => `    ${rule}: ${says}`),
    ...(complaints.length === 0
      ? []
      : ["  FAILED     answers were not as promised", ...complaints.map((line) => `    ${line}`)]),
  ];
  return lines.join("\n");
}
