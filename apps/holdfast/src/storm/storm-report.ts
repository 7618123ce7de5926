import type { StormResult } from "./run-storm.ts";

/** How many broken promises to print. One bug tends to break a promise for every order; JSON has all of them. */
const linesMax = 20;

/** Whether the storm found nothing wrong. */
export function isClean({ complaints, audit }: StormResult): boolean {
  return complaints.length === 0 && audit.breaches.length === 0;
}

/** The forms that a report may have. */
export const reportForms = ["text", "markdown", "json"] as const;

export type ReportForm = (typeof reportForms)[number];

/** The report of a storm, in one of its forms. */
export function stormReport(result: StormResult, form: ReportForm): string {
  switch (form) {
    case "json":
      return JSON.stringify({ ok: isClean(result), ...result }, null, 2);
    case "text":
      return [
        titleOf(result),
        ...rowsOf(result).map(([name, says]) => `  ${name.padEnd(9)} ${says}`),
        ...faultsOf(result, "    "),
      ].join("\n");
    case "markdown":
      return [
        `## ${titleOf(result)}`,
        "",
        "| | |",
        "| --- | --- |",
        ...rowsOf(result).map(([name, says]) => `| ${name} | ${says.replaceAll("|", "\\|")} |`),
        ...faultsOf(result, "\n- "),
      ].join("\n");
  }
}

function titleOf({ buyers, url, sku }: StormResult): string {
  return `A storm of ${figure(buyers)} buyers on ${url}, SKU ${sku}`;
}

function rowsOf(result: StormResult): (readonly [string, string])[] {
  const { orders, stock, latency, answers, audit, complaints } = result;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const broken = audit.breaches.length + complaints.length;
  return [
    ["buyers", `${figure(result.atOnceMax)} at a time, each request ${figure(result.copies)} times at once`],
    [
      "orders",
      `${figure(orders.placed)} placed: ${figure(orders.confirmed)} sold, ${figure(orders.cancelled)} cancelled; ${figure(orders.replays)} replays`,
    ],
    [
      "refused",
      `${figure(orders.refused)} buyers${orders.unsettled > 0 ? `; ${figure(orders.unsettled)} without an answer` : ""}`,
    ],
    [
      "rate",
      `${figure(Math.round(result.ordersPerSecond))} orders and ${figure(Math.round(result.requestsPerSecond))} requests a second, for ${result.seconds.toFixed(1)} s`,
    ],
    ["placing", `p50 ${ms(latency.p50)}, p95 ${ms(latency.p95)}, p99 ${ms(latency.p99)}`],
    [
      "answers",
      Object.entries(answers)
        .map(([kind, count]) => `${kind}: ${figure(count)}`)
        .join(", "),
    ],
    [
      "stock",
      `${figure(stock.total)} units: ${figure(stock.sold)} sold, ${figure(stock.held)} held, ${figure(stock.left)} left`,
    ],
    [
      "audit",
      `${broken === 0 ? "every promise is kept" : `BROKEN, ${figure(broken)} times`}: ${figure(audit.orders)} orders, ${figure(audit.movements)} movements and ${figure(audit.events)} events`,
    ],
  ];
}

function faultsOf({ complaints, audit }: StormResult, before: string): string[] {
  const all = [
    ...audit.breaches.map(({ rule, says }) => `${rule}: ${says}`),
    ...complaints.map((says) => `answers: ${says}`),
  ];
  return all.slice(0, linesMax).map((line) => `${before}${line}`);
}

function figure(number: number): string {
  return number.toLocaleString("en");
}
