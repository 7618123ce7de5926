import { ApiReader } from "@holdfast/audit";
import { each, type HoldfastClient } from "@holdfast/client";
import { endWithLaunchers, runCommandLine } from "@holdfast/runtime";
import type { ExitCode } from "../command.ts";
import { keyInWords, reach, readApiKey } from "../deployment.ts";
import { untilInterrupted } from "../interrupted.ts";
import { deploymentUrl, parseWords, wholeNumberOf } from "../parse-words.ts";
import { Progress } from "../progress.ts";
import { auditShop, type Finding, type ShopAudit } from "../shop-audit/audit-shop.ts";

const atOnceDefault = 4;

/** How many findings to print. One bug tends to break a promise for every order; --json has all of them. */
const findingsMax = 50;

const usage = `Looks for broken promises in the books of a shop, through its API, also while it sells.

  holdfast audit URL [--sku SKU]... [--no-feed] [--at-once N] [--json]

It compares every stock level with its orders, reservations, adjustments and ledger, checks that each order was held once and ended once
at most, that the ledger has no gap, that nothing was ever oversold, that what explains a level adds up, and that the feed has no gap.

--sku SKU     audits these SKUs only. Without it, all.
--no-feed     leaves out the feed, which is read from its beginning.
--at-once N   SKUs under way at a time: ${atOnceDefault} unless you say otherwise. Each is read with all its orders.
--json        prints what it found as JSON.

${keyInWords}
It needs catalogue:read and orders:read.

Ends with 1 if a promise is broken or a record cannot be read.`;

const options = {
  sku: { type: "string", multiple: true },
  "no-feed": { type: "boolean" },
  "at-once": { type: "string" },
  json: { type: "boolean" },
} as const;

interface AuditCommand {
  readonly type: "audit";
  readonly url: string;
  readonly skus: readonly string[] | "all";
  readonly withFeed: boolean;
  readonly atOnceMax: number;
  readonly json: boolean;
}

export function run(words: readonly string[]): Promise<ExitCode> {
  const parsed = parseWords(
    words,
    options,
    1,
    (values, [url]): AuditCommand => ({
      type: "audit",
      url: deploymentUrl(url),
      skus: values.sku ?? "all",
      withFeed: values["no-feed"] !== true,
      atOnceMax: wholeNumberOf("at-once", values["at-once"], { min: 1, max: 50, or: atOnceDefault }),
      json: values.json === true,
    }),
  );
  return runCommandLine({ parsed, usage, help: "holdfast audit --help", perform });
}

async function perform({ url, skus: wanted, withFeed, atOnceMax, json }: AuditCommand): Promise<boolean> {
  endWithLaunchers();
  const apiKey = readApiKey();
  const client = await reach(url, { apiKey });
  const signal = untilInterrupted();
  const progress = new Progress();
  const unreadable: Finding[] = [];
  const skus = wanted === "all" ? everySku(client, signal, unreadable) : wanted;
  try {
    const report = (what: string, done: number) => progress.show(what, done);
    const audit = await auditShop(
      new ApiReader(url, { apiKey }),
      { skus, reconciled: wanted, withFeed, atOnceMax, signal },
      report,
    );
    progress.clear();
    const whole = { ...audit, findings: [...unreadable, ...audit.findings] };
    const ok = whole.findings.length === 0;
    console.log(json ? JSON.stringify({ ok, ...whole }) : inText(url, whole));
    return ok;
  } finally {
    progress.clear();
  }
}

async function* everySku(client: HoldfastClient, signal: AbortSignal, unreadable: Finding[]): AsyncGenerator<string> {
  for await (const product of each(client.products.list, { limit: 200 }, { signal })) {
    if ("unreadable" in product) {
      unreadable.push({ rule: "readable", says: `${product.kind} ${product.id}: ${product.reason}` });
    } else yield product.sku;
  }
}

function inText(url: string, { findings, skus, levels, orders, movements, events, moving }: ShopAudit): string {
  const figure = (number: number) => number.toLocaleString("en");
  const more = findings.length - findingsMax;
  return [
    `${url}: ${figure(skus)} SKUs, ${figure(levels)} levels, ${figure(orders)} orders, ${figure(movements)} movements, ${figure(events)} events`,
    ...(moving.length > 0
      ? [`${figure(moving.length)} SKUs sold too fast to be compared order by order: ${moving.slice(0, 10).join(", ")}`]
      : []),
    findings.length === 0 ? "Every promise is kept." : `Broken, ${figure(findings.length)} times:`,
    ...findings.slice(0, findingsMax).map(({ rule, says }) => `  ${rule}: ${says}`),
    ...(more > 0 ? [`  and ${figure(more)} more; --json has all of them`] : []),
  ].join("\n");
}
